package tocsin.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Customers' endpoints, one a path: some fail, some are slow, one in a hundred hangs up. */
final class SoakEndpoints implements AutoCloseable {
  private static final int BACKLOG = 500;
  private static final int SLOW_SECONDS = 3;

  private final LongAdder taken = new LongAdder();
  private final HttpServer server;

  SoakEndpoints() throws IOException {
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
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
    server.stop(0);
  }
}
