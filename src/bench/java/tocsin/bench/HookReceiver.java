package tocsin.bench;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The endpoints of all customers, on loopback: one a path. */
final class HookReceiver implements AutoCloseable {
  private final Received received;
  private final LoopbackServer server;

  HookReceiver(Received received) throws IOException {
    this.received = received;
    this.server = LoopbackServer.start(this::take);
  }

  String url() {
    return server.url();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String id =
          Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("webhook-id"), "");
      received.add(url() + exchange.getRequestURI().getPath(), id, body);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
