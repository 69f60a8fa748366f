package tocsin.channel.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tocsin.audience.DeliveryId;
import tocsin.audience.Dialect;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.http.Exchanges;

/** Senders and receivers on loopback, a name server that says what it is told, a settable clock. */
final class WebhookTestbed implements AutoCloseable {
  static final String NAME = "hooks.test";
  static final String SLOW_NAME = "slow.example";
  static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  static final byte[] BODY = "{\"title\":\"Störung\"}".getBytes(StandardCharsets.UTF_8);
  static final WebhookBounds PATIENT = bounds(Duration.ofSeconds(10));
  static final WebhookBounds HASTY = bounds(Duration.ofMillis(1500));
  private static final URI OWN = URI.create("https://status.acme.example");

  final Vertx vertx = Vertx.vertx();
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-15T10:30:00Z"));
  final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
  final AtomicInteger lookups = new AtomicInteger();
  private final List<WebhookSender> senders = new ArrayList<>();

  WebhookTestbed() {
    knows(NAME, "127.0.0.1");
  }

  static WebhookBounds bounds(Duration total) {
    return new WebhookBounds(Duration.ofSeconds(2), total);
  }

  void knows(String name, String... addresses) {
    names.put(name, Arrays.stream(addresses).map(InetAddress::ofLiteral).toList());
  }

  /** May call the name of the testbed, wherever it leads. */
  WebhookSender sender(WebhookBounds bounds) {
    return sender(bounds, new TargetPolicy(List.of(NAME), OWN), options -> {});
  }

  WebhookSender sender(
      WebhookBounds bounds, TargetPolicy policy, Consumer<HttpClientOptions> change) {
    HttpClientOptions options = bounds.client();
    change.accept(options);
    var exchanges = new Exchanges(vertx, options);
    var sender = new WebhookSender(exchanges, this::resolve, policy, now::get, bounds);
    senders.add(sender);
    return sender;
  }

  /** As strict as by default, but for the port. */
  static TargetPolicy policy(int port, String... allow) {
    return new TargetPolicy(List.of(allow), OWN, Set.of(port));
  }

  HttpServer http(Consumer<HttpServerRequest> handler) {
    return vertx.createHttpServer().requestHandler(handler::accept).listen(0, "127.0.0.1").await();
  }

  NetServer raw(Consumer<NetSocket> handler) {
    return vertx.createNetServer().connectHandler(handler::accept).listen(0, "127.0.0.1").await();
  }

  Outcome sendTo(WebhookSender sender, int port) {
    return beginTo(sender, port).await();
  }

  Future<Outcome> beginTo(WebhookSender sender, int port) {
    return sender.send(message("http://" + NAME + ":" + port + "/hook?a=b"));
  }

  static Message.Webhook message(String endpoint) {
    return new Message.Webhook(
        new DeliveryId(7, 42), endpoint, List.of(SECRET), Dialect.NATIVE, BODY);
  }

  @Override
  public void close() {
    senders.forEach(WebhookSender::close);
    vertx.close().await();
  }

  private Future<List<InetAddress>> resolve(String host, Duration patience) {
    lookups.incrementAndGet();
    if (host.equals(SLOW_NAME)) {
      return Future.failedFuture(new TimeoutException(host));
    }
    List<InetAddress> known = names.get(host);
    return known == null
        ? Future.failedFuture(new UnknownHostException(host))
        : Future.succeededFuture(known);
  }
}
