package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.DeliveryId;
import tocsin.channel.sms.TwilioReceipts;
import tocsin.channel.sms.TwilioReceipts.Receipt;
import tocsin.channel.sms.TwilioSignature;
import tocsin.delivery.Receipts;

/**
 * Where Twilio reports what became of a text message: {@code POST /hooks/twilio/status?d=DELIVERY}.
 * Answers 403 to whoever is not Twilio and 204 to Twilio, also for what we do not know: a repeat
 * would not help.
 */
public final class TwilioStatus {
  private static final Logger log = LoggerFactory.getLogger(TwilioStatus.class);
  private static final String PATH = "/hooks/twilio/status";
  private static final int LARGEST_FORM = 64 * 1024;

  private final TwilioSignature signature;
  private final Receipts receipts;
  private final String publicUrl;

  /**
   * @param publicUrl where Twilio reaches us: what it signs begins with it
   */
  public TwilioStatus(TwilioSignature signature, Receipts receipts, URI publicUrl) {
    this.signature = signature;
    this.receipts = receipts;
    this.publicUrl = publicUrl.toString();
  }

  public void mount(Router router) {
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM))
        .handler(this::receive);
  }

  private void receive(RoutingContext context) {
    HttpServerRequest request = context.request();
    MultiMap form = request.formAttributes();
    String claimed = request.getHeader("X-Twilio-Signature");
    if (claimed == null || !signature.verifies(publicUrl + request.uri(), form, claimed)) {
      log.warn("callback.refused provider=twilio reason=signature");
      context.fail(403);
      return;
    }
    record(context.queryParams().get("d"), form)
        .onSuccess(done -> context.response().setStatusCode(204).end())
        .onFailure(context::fail);
  }

  private Future<Void> record(@Nullable String delivery, MultiMap form) {
    Optional<DeliveryId> id = Optional.ofNullable(delivery).flatMap(DeliveryId::parse);
    Optional<Receipt> receipt =
        Optional.ofNullable(form.get("MessageStatus")).flatMap(TwilioReceipts::of);
    if (id.isEmpty() || receipt.isEmpty()) {
      log.debug("callback.ignored provider=twilio");
      return Future.succeededFuture();
    }
    return receipts
        .record(id.get(), receipt.get().state(), receipt.get().rank(), detail(form))
        .onSuccess(news ->
            log.debug(
                "receipt.recorded id={} state={} news={}", id.get(), receipt.get().state(), news))
        .mapEmpty();
  }

  /** Twilio's code of what went wrong, or nothing; its words may hold the number. */
  private static String detail(MultiMap form) {
    String code = form.get("ErrorCode");
    return code != null && code.matches("[0-9]{1,6}") ? code : "";
  }
}
