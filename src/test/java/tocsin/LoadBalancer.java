package tocsin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tocsin.store.Answer;

/**
 * Sends requests to nodes that say they are ready, in turn, over connections that it keeps. As
 * usual it tries another node only where none had got the request yet; else it answers 502.
 */
final class LoadBalancer implements AutoCloseable {
  private static final long LOOK_MILLIS = 100;

  private final List<GatewayProcess> nodes;
  private final Set<GatewayProcess> ready = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();
  private final Vertx vertx;
  private final HttpClient client;
  private final HttpServer server;
  private final long looking;

  LoadBalancer(Vertx vertx, List<GatewayProcess> nodes) {
    this.vertx = vertx;
    this.nodes = List.copyOf(nodes);
    this.client = vertx.createHttpClient();
    this.server =
        Answer.of(vertx.createHttpServer().requestHandler(this::forward).listen(0, "127.0.0.1"));
    this.looking = vertx.setPeriodic(1, LOOK_MILLIS, id -> this.nodes.forEach(this::look));
  }

  int port() {
    return server.actualPort();
  }

  boolean knowsAll() {
    return ready.size() == nodes.size();
  }

  private void look(GatewayProcess node) {
    client
        .request(HttpMethod.GET, node.managementPort(), "127.0.0.1", "/readyz")
        .compose(HttpClientRequest::send)
        .onComplete(answer -> {
          if (answer.succeeded() && answer.result().statusCode() == 200) {
            ready.add(node);
          } else {
            ready.remove(node);
          }
        });
  }

  private void forward(HttpServerRequest request) {
    request
        .body()
        .compose(body -> to(next(), request, body, nodes.size()))
        .onFailure(lost -> request.response().setStatusCode(502).end(String.valueOf(lost)));
  }

  private GatewayProcess next() {
    List<GatewayProcess> candidates = nodes.stream().filter(ready::contains).toList();
    List<GatewayProcess> from = candidates.isEmpty() ? nodes : candidates;
    return from.get(Math.floorMod(turn.getAndIncrement(), from.size()));
  }

  private Future<Void> to(GatewayProcess node, HttpServerRequest request, Buffer body, int tries) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setHost("127.0.0.1")
            .setPort(node.port())
            .setURI(request.uri())
            .setHeaders(request.headers());
    return client
        .request(options)
        .compose(
            sending -> relay(sending, request, body),
            refused ->
                tries == 1 ? Future.failedFuture(refused) : to(next(), request, body, tries - 1));
  }

  private static Future<Void> relay(
      HttpClientRequest sending, HttpServerRequest request, Buffer body) {
    return sending
        .send(body)
        .compose(answer ->
            answer
                .body()
                .compose(
                    content -> request.response().setStatusCode(answer.statusCode()).end(content)));
  }

  @Override
  public void close() {
    vertx.cancelTimer(looking);
    Answer.of(server.close());
    Answer.of(client.close());
  }
}
