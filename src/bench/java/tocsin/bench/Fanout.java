package tocsin.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tocsin.incident.Update;

/** Fan-outs by some nodes, from the post to the end. */
final class Fanout {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final BenchDatabase database;
  private final Operator operator;
  private final List<RemoteNode> nodes;
  private final Results results;
  private Duration toFirst = Duration.ZERO;

  /**
   * @param results what the nodes do with them: those that are discarded are not waited for
   */
  Fanout(BenchDatabase database, Operator operator, List<RemoteNode> nodes, Results results) {
    this.database = database;
    this.operator = operator;
    this.nodes = List.copyOf(nodes);
    this.results = results;
  }

  /** Posts so many updates to so many recipients, each when the one before is done. */
  Reading play(String component, int recipients, int updates) throws Exception {
    operator.forgetEverything();
    nodes.forEach(RemoteNode::start);
    Meter meter = Meter.start(database, nodes.stream().map(RemoteNode::handle).toList());
    for (int i = 1; i <= updates; i++) {
      Update update = operator.post(component);
      long accepted = System.nanoTime();
      long expected = (long) i * recipients;
      while (sent() < expected) {
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
      if (results == Results.WRITTEN) {
        operator.awaitDone(update);
      }
      if (i == 1) {
        toFirst = Duration.ofNanos(firstSent() - accepted);
      }
    }
    Reading reading = meter.read((long) updates * recipients);
    nodes.forEach(RemoteNode::stop);
    return reading;
  }

  private long sent() {
    return nodes.stream().mapToLong(node -> node.sent().count()).sum();
  }

  private long firstSent() {
    return nodes.stream()
        .mapToLong(node -> node.sent().first())
        .filter(at -> at != 0)
        .min()
        .orElseThrow();
  }

  /** From the first accepted update of the last play to its first hand-over. */
  Duration toFirst() {
    return toFirst;
  }
}
