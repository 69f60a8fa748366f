package tocsin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tocsin.incident.Update;

/**
 * One update to everybody with a sender that does nothing; the reference is the same without
 * writing the results.
 */
final class EngineBench implements Bench {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);
  private static final int SMALL_UPDATES = 10;

  @Override
  public Line run(Workbench workbench) throws Exception {
    Options options = workbench.options();
    BenchDatabase database = workbench.database();
    try (Operator operator = new Operator(database)) {
      operator.migrate();
      workbench.progress("%d subscribers".formatted(options.recipients()));
      Population.settle(database, options.recipients());
      RemoteNode durable =
          new RemoteNode(workbench.ours(NodeMain.class, arguments(Results.WRITTEN, options)));
      RemoteNode discarding =
          new RemoteNode(
              workbench.child("reference", NodeMain.class, arguments(Results.DISCARDED, options)));
      Fanout ours = new Fanout(database, operator, durable, Results.WRITTEN);
      Fanout reference = new Fanout(database, operator, discarding, Results.DISCARDED);
      List<Duration> first = new ArrayList<>();
      Turns turns =
          Turns.play(
              workbench,
              () -> {
                Reading reading = ours.play(Population.ALL, options.recipients(), 1);
                first.add(ours.toFirst());
                return reading;
              },
              () -> reference.play(Population.ALL, options.recipients(), 1));
      List<Reading> small = new ArrayList<>();
      for (int i = 0; i < options.rounds(); i++) {
        small.add(
            ours.play(
                Population.FEW, options.recipients() / Population.SHARE_OF_FEW, SMALL_UPDATES));
      }
      List<Reading> big = turns.rounds().stream().map(Turns.Round::ours).toList();
      return turns
          .line()
          .with("first", "%.0f", Medians.of(first, took -> took.toNanos() / 1e6))
          .with(
              "small",
              "%.2f",
              Medians.of(big, EngineBench::cost) / Medians.of(small, EngineBench::cost));
    }
  }

  private static double cost(Reading reading) {
    return reading.cpuEach() + reading.databaseCpuEach();
  }

  private static String[] arguments(Results results, Options options) {
    return RemoteNode.arguments(results, options.workers(), Duration.ZERO);
  }

  /** Fan-outs of one node, one after the other. */
  private static final class Fanout {
    private final BenchDatabase database;
    private final Operator operator;
    private final RemoteNode node;
    private final Results results;
    private Duration toFirst = Duration.ZERO;

    Fanout(BenchDatabase database, Operator operator, RemoteNode node, Results results) {
      this.database = database;
      this.operator = operator;
      this.node = node;
      this.results = results;
    }

    /** Posts so many updates to so many recipients, each when the one before is done. */
    Reading play(String component, int recipients, int updates) throws Exception {
      operator.forgetEverything();
      node.start();
      Meter meter = Meter.start(database, List.of(node.handle()));
      for (int i = 1; i <= updates; i++) {
        Update update = operator.post(component);
        long accepted = System.nanoTime();
        long expected = (long) i * recipients;
        while (node.sent().count() < expected) {
          TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
        }
        if (results == Results.WRITTEN) {
          operator.awaitDone(update);
        }
        if (i == 1) {
          toFirst = Duration.ofNanos(node.sent().first() - accepted);
        }
      }
      Reading reading = meter.read((long) updates * recipients);
      node.stop();
      return reading;
    }

    /** From the first accepted update of the last play to its first hand-over. */
    Duration toFirst() {
      return toFirst;
    }
  }
}
