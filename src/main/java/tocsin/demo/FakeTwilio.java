package tocsin.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import tocsin.audience.Channel;

/**
 * Twilio's Messages resource on loopback: checks the credentials, answers 201 in the documented
 * shape, errors for the magic numbers, and reports queued, sent and delivered by signed callback
 * where the sender asked for it at a loopback address.
 */
public final class FakeTwilio {
  /** The account that it knows. */
  public static final String ACCOUNT = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  private static final String MESSAGES = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";
  private static final int LARGEST_FORM = 64 << 10;
  private static final TwilioError STRANGER = new TwilioError(401, 20003, "Authenticate");

  private final InstantSource clock;
  private final Arrivals arrivals;
  private final byte[] credentials;
  private final TwilioCallbacks callbacks;
  private final HttpServer server;

  private FakeTwilio(Vertx vertx, InstantSource clock, Arrivals arrivals, String authToken) {
    this.clock = clock;
    this.arrivals = arrivals;
    this.credentials = bytes("Basic " + base64(ACCOUNT + ":" + authToken));
    this.callbacks = new TwilioCallbacks(vertx, ACCOUNT, authToken);
    Router router = Router.router(vertx);
    router
        .post(MESSAGES)
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM))
        .handler(this::create);
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(router);
  }

  /** On a free port. */
  public static Future<FakeTwilio> open(
      Vertx vertx, InstantSource clock, Arrivals arrivals, String authToken) {
    FakeTwilio twilio = new FakeTwilio(vertx, clock, arrivals, authToken);
    return twilio.server.listen().map(twilio);
  }

  /** What {@code twilio.base.url} is set to. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  public Future<Void> close() {
    return callbacks.close().eventually(server::close);
  }

  private void create(RoutingContext context) {
    String given = Objects.requireNonNullElse(context.request().getHeader("Authorization"), "");
    if (!MessageDigest.isEqual(credentials, bytes(given))) {
      answer(context, STRANGER.status(), STRANGER.json());
      return;
    }
    TwilioForm form = TwilioForm.of(context.request().formAttributes());
    TwilioError error = form.refusal();
    if (error != null) {
      answer(context, error.status(), error.json());
      return;
    }
    String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
    Content text = new Content.Sms(form.sender(), form.body(), form.callback());
    arrivals.record(Channel.SMS, form.to(), sid, true, text);
    answer(context, 201, form.created(ACCOUNT, sid, clock.instant()))
        .onSuccess(done -> callbacks.report(form.callback(), sid, form.sender(), form.to()));
  }

  private static Future<Void> answer(RoutingContext context, int status, JsonObject json) {
    return context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(json.encode());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
