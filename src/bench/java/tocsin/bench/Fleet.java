package tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Gateways on one database; whoever asks them asks one after the other until one answers. */
final class Fleet implements AutoCloseable {
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final List<GatewayNode> nodes = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private interface Call {
    JsonObject on(GatewayNode node) throws IOException, InterruptedException;
  }

  Fleet(int size, Map<String, String> environment) throws IOException {
    for (int i = 1; i <= size; i++) {
      nodes.add(new GatewayNode(Options.FOLDER.resolve("node-" + i), environment, http));
    }
  }

  /** Kills one of them, whatever it is doing, and starts it again; its number. */
  int kill(Random random) throws IOException, InterruptedException {
    int victim = random.nextInt(nodes.size());
    nodes.get(victim).killAndStart();
    return victim + 1;
  }

  void awaitReady(Deadline deadline) throws InterruptedException {
    for (GatewayNode node : nodes) {
      while (!node.isReady()) {
        deadline.check("a gateway was not ready");
        if (!node.isAlive()) {
          throw new IllegalStateException("a gateway ended by itself: see " + Options.FOLDER);
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
      }
    }
  }

  JsonObject get(String path, Random random, Deadline deadline) throws InterruptedException {
    return call(node -> node.get(path), random, deadline);
  }

  /** Repeated under the same idempotency key until somebody answers. */
  JsonObject post(String path, String key, JsonObject body, Random random, Deadline deadline)
      throws InterruptedException {
    return call(node -> node.post(path, key, body), random, deadline);
  }

  private JsonObject call(Call call, Random random, Deadline deadline) throws InterruptedException {
    String last = "nothing was asked";
    while (true) {
      try {
        return call.on(nodes.get(random.nextInt(nodes.size())));
      } catch (IOException tryAnother) {
        last = tryAnother.toString();
      }
      deadline.check(last);
      TimeUnit.NANOSECONDS.sleep(BETWEEN_TRIES.toNanos());
    }
  }

  @Override
  public void close() {
    nodes.forEach(GatewayNode::close);
    http.close();
  }
}
