package tocsin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Two sides measured in turns: a round each to warm up, then the rounds that count. */
record Turns(List<Round> rounds) {

  /** What both sides did right after each other. */
  record Round(Reading ours, Reading reference) {
    double ratio() {
      return ours.perSecond() / reference.perSecond();
    }
  }

  Turns {
    rounds = List.copyOf(rounds);
  }

  static Turns play(Workbench workbench, Callable<Reading> ours, Callable<Reading> reference)
      throws Exception {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i <= workbench.options().rounds(); i++) {
      Round round = new Round(ours.call(), reference.call());
      workbench.progress(
          "%s ours %s/s, reference %s/s"
              .formatted(
                  i == 0 ? "warm-up" : "round " + i,
                  Line.rate(round.ours().perSecond()),
                  Line.rate(round.reference().perSecond())));
      if (i > 0) {
        rounds.add(round);
      }
    }
    return new Turns(rounds);
  }

  /** The medians of all that every benchmark tells. */
  Line line() {
    List<Reading> ours = rounds.stream().map(Round::ours).toList();
    return new Line()
        .withRate("ours", Medians.of(ours, Reading::perSecond))
        .withRate("reference", Medians.of(rounds, round -> round.reference().perSecond()))
        .with("ratio", "%.2f", Medians.of(rounds, Round::ratio))
        .with("cpu", "%.2f", Medians.of(ours, Reading::cpuEach))
        .with("wal", "%.1f", Medians.of(ours, Reading::walEach))
        .with("rss", "%.0f", ours.stream().mapToDouble(Reading::megabytes).max().orElseThrow())
        .with("rounds", rounds.size())
        .with("pgcpu", "%.2f", Medians.of(ours, Reading::databaseCpuEach));
  }
}
