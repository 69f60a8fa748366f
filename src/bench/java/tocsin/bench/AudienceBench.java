package tocsin.bench;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Who is affected, asked of the index; the reference asks PostgreSQL by SQL. */
final class AudienceBench implements Bench {
  private static final int SUBSCRIBERS = 1_000_000;
  private static final int MATCHES = 1_000;

  /** What one side found: equal for both, or the measurement is worth nothing. */
  private record Found(int size, long sum) {}

  /** What one round said besides. */
  private record Match(double median, double max, Found found) {}

  @Override
  public Line run(Workbench workbench) throws Exception {
    BenchDatabase database = workbench.database();
    int subscribers = workbench.options().recipients(SUBSCRIBERS);
    workbench.progress("%d subscribers".formatted(subscribers));
    Crowd.settle(database, subscribers);
    Child child = workbench.ours(IndexMain.class);
    List<Double> builds = new ArrayList<>();
    List<Match> matches = new ArrayList<>();
    Turns turns =
        Turns.play(
            workbench,
            () -> {
              builds.add(Double.parseDouble(child.ask("build")));
              return match(database, child, matches);
            },
            () -> bySql(database, matches.getLast().found()));
    List<Match> measured = matches.subList(1, matches.size());
    return turns
        .line()
        .with("match", "%.3f", Medians.of(measured, Match::median))
        .with("slowest", "%.3f", measured.stream().mapToDouble(Match::max).max().orElseThrow())
        .with("build", "%.0f", Medians.of(builds.subList(1, builds.size()), took -> took))
        .with("matched", "%.0f", measured.getLast().found().size());
  }

  private static Reading match(BenchDatabase database, Child child, List<Match> matches)
      throws Exception {
    // the first ones after a build warm it up
    child.ask("match " + MATCHES);
    Meter meter = Meter.start(database, List.of(child.handle()));
    String[] answer = child.ask("match " + MATCHES).split(" ", 5);
    Reading reading = meter.read(MATCHES);
    matches.add(
        new Match(
            Double.parseDouble(answer[1]),
            Double.parseDouble(answer[2]),
            new Found(Integer.parseInt(answer[3]), Long.parseLong(answer[4]))));
    return reading;
  }

  private static Reading bySql(BenchDatabase database, Found expected) throws Exception {
    Meter meter = Meter.start(database, List.of());
    Found found = found(database);
    Reading reading = meter.read(1);
    if (!found.equals(expected)) {
      throw new IllegalStateException("by SQL " + found + ", by the index " + expected);
    }
    return reading;
  }

  private static Found found(BenchDatabase database) throws SQLException {
    try (Statement statement = database.connection().createStatement();
        ResultSet rows = statement.executeQuery(Crowd.MATCH)) {
      rows.next();
      return new Found(rows.getInt(1), rows.getLong(2));
    }
  }
}
