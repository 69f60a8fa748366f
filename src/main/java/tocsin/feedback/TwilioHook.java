package tocsin.feedback;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.sms.TwilioSignature;

/** Where Twilio calls us: bounds the body, and answers 403 to whoever is not Twilio. */
public final class TwilioHook {
  private static final Logger log = LoggerFactory.getLogger(TwilioHook.class);
  private static final int LARGEST_BODY = 64 * 1024;

  private final TwilioSignature signature;
  private final String publicUrl;

  /**
   * @param publicUrl where Twilio reaches us, whatever a proxy makes of it: what it signs begins
   *     with it
   */
  public TwilioHook(TwilioSignature signature, URI publicUrl) {
    this.signature = signature;
    this.publicUrl = publicUrl.toString();
  }

  /**
   * @param handler gets the fields that Twilio signed, of a form or of a JSON object
   */
  void mount(Router router, String path, BiConsumer<RoutingContext, MultiMap> handler) {
    router
        .post(path)
        .handler(new BoundedForm(LARGEST_BODY))
        .handler(context -> receive(context, handler));
  }

  private void receive(RoutingContext context, BiConsumer<RoutingContext, MultiMap> handler) {
    HttpServerRequest request = context.request();
    String type = Objects.requireNonNullElse(request.getHeader("Content-Type"), "");
    boolean json = type.startsWith("application/json");
    if (json ? !isSignedBody(context) : !isSignedForm(request)) {
      log.warn("callback.refused provider=twilio reason=signature");
      context.fail(403);
      return;
    }
    handler.accept(context, storable(json ? fields(context) : request.formAttributes()));
  }

  /** PostgreSQL keeps no NUL. */
  private static MultiMap storable(MultiMap fields) {
    MultiMap storable = MultiMap.caseInsensitiveMultiMap();
    fields.forEach((name, value) -> storable.add(name, value.replace('\0', ' ')));
    return storable;
  }

  private boolean isSignedForm(HttpServerRequest request) {
    return signature.verifies(
        publicUrl + request.uri(), request.formAttributes(), claimed(request));
  }

  private boolean isSignedBody(RoutingContext context) {
    Buffer body = context.body().buffer();
    return signature.verifiesBody(
        publicUrl + context.request().uri(),
        body == null ? new byte[0] : body.getBytes(),
        claimed(context.request()));
  }

  private static String claimed(HttpServerRequest request) {
    return Objects.requireNonNullElse(request.getHeader("X-Twilio-Signature"), "");
  }

  private static MultiMap fields(RoutingContext context) {
    MultiMap fields = MultiMap.caseInsensitiveMultiMap();
    try {
      JsonObject json = context.body().asJsonObject();
      if (json != null) {
        json.forEach(field -> fields.add(field.getKey(), String.valueOf(field.getValue())));
      }
    } catch (DecodeException | ClassCastException noObject) {
      fields.clear();
    }
    return fields;
  }
}
