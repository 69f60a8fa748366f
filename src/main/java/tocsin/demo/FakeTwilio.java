package tocsin.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final int MOST_REMEMBERED = 100;
  private static final TwilioError BUSY = new TwilioError(429, 20429, "Too many requests");
  private static final TwilioError LOST = new TwilioError(503, 20503, "Service unavailable");
  private static final TwilioError STRANGER = new TwilioError(401, 20003, "Authenticate");

  private final InstantSource clock;
  private final Arrivals arrivals;
  private final byte[] credentials;
  private final TwilioCallbacks callbacks;
  private final Deque<JsonObject> created = new ConcurrentLinkedDeque<>();
  private final AtomicInteger busy = new AtomicInteger();
  private final AtomicInteger lossy = new AtomicInteger();
  private volatile TwilioFate fate = TwilioFate.DELIVERED;
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
    router.get(MESSAGES).handler(this::list);
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
    if (isStranger(context)) {
      return;
    }
    TwilioForm form = TwilioForm.of(context.request().formAttributes());
    TwilioError error = form.refusal();
    if (error != null) {
      answer(context, error.status(), error.json());
      return;
    }
    if (isDue(busy)) {
      answer(context, BUSY.status(), BUSY.json());
      return;
    }
    String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
    Content text = new Content.Sms(form.sender(), form.body(), form.callback());
    arrivals.record(Channel.SMS, form.to(), sid, true, text);
    JsonObject message = form.created(ACCOUNT, sid, clock.instant());
    remember(message);
    boolean lost = isDue(lossy);
    answer(context, lost ? LOST.status() : 201, lost ? LOST.json() : message)
        .onSuccess(done -> callbacks.report(form.callback(), sid, form.sender(), form.to(), fate));
  }

  /** What follows a text that is taken from now on. */
  public void fate(TwilioFate next) {
    fate = next;
  }

  /** Refuses so many with 429. */
  public void refuses(int requests) {
    busy.set(requests);
  }

  /** Takes so many, and answers 503 all the same. */
  public void loses(int answers) {
    lossy.set(answers);
  }

  private void list(RoutingContext context) {
    if (isStranger(context)) {
      return;
    }
    String to = context.queryParams().get("To");
    JsonArray found = new JsonArray();
    created.stream().filter(one -> one.getString("to").equals(to)).forEach(found::add);
    answer(context, 200, new JsonObject().put("messages", found));
  }

  private void remember(JsonObject message) {
    created.addFirst(message);
    if (created.size() > MOST_REMEMBERED) {
      created.removeLast();
    }
  }

  private static boolean isDue(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private boolean isStranger(RoutingContext context) {
    String given = Objects.requireNonNullElse(context.request().getHeader("Authorization"), "");
    if (MessageDigest.isEqual(credentials, bytes(given))) {
      return false;
    }
    answer(context, STRANGER.status(), STRANGER.json());
    return true;
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
