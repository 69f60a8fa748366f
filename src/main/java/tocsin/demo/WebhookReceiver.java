package tocsin.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tocsin.audience.Channel;

/**
 * The systems of all customers: one HTTP server on loopback, an endpoint per path. It verifies
 * every request with the endpoint's secret and answers 204, 401 if the signature is not right, or
 * what it was asked to answer.
 */
public final class WebhookReceiver {
  private final Arrivals arrivals;
  private final StandardWebhook verifier;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final HttpServer server;

  private WebhookReceiver(Vertx vertx, InstantSource clock, Arrivals arrivals) {
    this.arrivals = arrivals;
    this.verifier = new StandardWebhook(clock);
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(this::receive);
  }

  /** On a free port. */
  public static Future<WebhookReceiver> open(Vertx vertx, InstantSource clock, Arrivals arrivals) {
    WebhookReceiver receiver = new WebhookReceiver(vertx, clock, arrivals);
    return receiver.server.listen().map(receiver);
  }

  /**
   * Opens an endpoint, or gives it another secret.
   *
   * @param path with a leading slash
   * @param secret {@code whsec_...}
   * @return its URL
   */
  public URI endpoint(String path, String secret) {
    secrets.put(path, secret);
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  /** From now on answers verified requests to this path with the status; they count as arrived. */
  public void answer(String path, int status) {
    answers.put(path, status);
  }

  public int port() {
    return server.actualPort();
  }

  public Future<Void> close() {
    return server.close();
  }

  private void receive(HttpServerRequest request) {
    request.body().onSuccess(body -> request.response().setStatusCode(take(request, body)).end());
  }

  private int take(HttpServerRequest request, Buffer body) {
    String id = header(request, "webhook-id");
    String timestamp = header(request, "webhook-timestamp");
    String signature = header(request, "webhook-signature");
    String secret = secrets.get(request.path());
    boolean verified =
        secret != null && verifier.verifies(secret, id, timestamp, signature, body.getBytes());
    arrivals.record(
        Channel.WEBHOOK,
        "http://127.0.0.1:" + server.actualPort() + request.path(),
        id,
        verified,
        new Content.Event(timestamp, signature, body.toString(StandardCharsets.UTF_8)));
    return verified ? answers.getOrDefault(request.path(), 204) : 401;
  }

  private static String header(HttpServerRequest request, String name) {
    return Objects.requireNonNullElse(request.getHeader(name), "");
  }
}
