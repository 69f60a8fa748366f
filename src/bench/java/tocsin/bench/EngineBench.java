package tocsin.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One update to everybody with a sender that does nothing; the reference is the same without
 * writing the results.
 */
final class EngineBench implements Bench {
  private static final int RECIPIENTS = 1_000_000;
  private static final int SMALL_UPDATES = 10;

  @Override
  public Line run(Workbench workbench) throws Exception {
    BenchDatabase database = workbench.database();
    int recipients = workbench.options().recipients(RECIPIENTS);
    try (Operator operator = new Operator(database)) {
      workbench.progress("%d subscribers".formatted(recipients));
      Population.settle(database, recipients);
      RemoteNode durable =
          new RemoteNode(workbench.ours(NodeMain.class, spec(workbench, Results.WRITTEN)));
      RemoteNode discarding =
          new RemoteNode(
              workbench.child("reference", NodeMain.class, spec(workbench, Results.DISCARDED)));
      Fanout ours = new Fanout(database, operator, List.of(durable), Results.WRITTEN);
      Fanout reference = new Fanout(database, operator, List.of(discarding), Results.DISCARDED);
      List<Duration> first = new ArrayList<>();
      Turns turns =
          Turns.play(
              workbench,
              () -> {
                Reading reading = ours.play(Population.ALL, recipients, 1);
                first.add(ours.toFirst());
                return reading;
              },
              () -> reference.play(Population.ALL, recipients, 1));
      List<Reading> small = new ArrayList<>();
      for (int i = 0; i < workbench.options().rounds(); i++) {
        small.add(ours.play(Population.FEW, recipients / Population.SHARE_OF_FEW, SMALL_UPDATES));
      }
      List<Reading> big = turns.rounds().stream().map(Turns.Round::ours).toList();
      return turns
          .line()
          .with(
              "first",
              "%.0f",
              Medians.of(first.subList(1, first.size()), took -> took.toNanos() / 1e6))
          .with(
              "small",
              "%.2f",
              Medians.of(big, EngineBench::cost) / Medians.of(small, EngineBench::cost));
    }
  }

  private static double cost(Reading reading) {
    return reading.cpuEach() + reading.databaseCpuEach();
  }

  private static String[] spec(Workbench workbench, Results results) {
    return new NodeSpec(
            results, workbench.options().workers(), Duration.ZERO, Provider.Noting.THE_FIRST)
        .arguments();
  }
}
