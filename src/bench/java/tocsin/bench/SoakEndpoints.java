package tocsin.bench;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Customers' endpoints, one a path: some fail, some are slow, one in a hundred hangs up. */
final class SoakEndpoints implements AutoCloseable {
  private static final int SLOW_SECONDS = 3;

  private final LongAdder taken = new LongAdder();
  private final LoopbackServer server;

  SoakEndpoints() throws IOException {
    this.server = LoopbackServer.start(this::take);
  }

  String url() {
    return server.url();
  }

  long taken() {
    return taken.sum();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      switch (Math.floorMod(exchange.getRequestURI().getPath().hashCode(), 100)) {
        case 0 -> {}
        case 1, 2, 3 -> exchange.sendResponseHeaders(500, -1);
        case 4, 5 -> {
          TimeUnit.SECONDS.sleep(SLOW_SECONDS);
          exchange.sendResponseHeaders(204, -1);
        }
        default -> {
          taken.increment();
          exchange.sendResponseHeaders(204, -1);
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
