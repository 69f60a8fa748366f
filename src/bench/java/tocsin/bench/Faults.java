package tocsin.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.stream.IntStream;

/** What goes wrong, and when: all from one seed, told by how much has been received. */
final class Faults {
  static final int KILLS = 20;
  static final int CUTS = 6;

  /** What a node can have under way at once beyond what has been received. */
  private static final int WORKERS = 8 + 64;

  private final Workbench workbench;
  private final Fleet fleet;
  private final Received received;
  private final Random random;
  private final Deque<Double> kills;
  private final Deque<Double> cuts;
  private int killed;
  private int cut;
  private long unflushed;

  /**
   * @param early kills that are made by hand
   */
  Faults(Workbench workbench, Fleet fleet, Received received, int early, Random random) {
    this.workbench = workbench;
    this.fleet = fleet;
    this.received = received;
    this.random = random;
    this.kills = moments(KILLS - early);
    this.cuts = moments(CUTS);
  }

  private Deque<Double> moments(int count) {
    ArrayDeque<Double> moments = new ArrayDeque<>();
    IntStream.range(0, count).mapToDouble(i -> random.nextDouble()).sorted().forEach(moments::add);
    return moments;
  }

  /** Does what is due when this share of all messages has been received. */
  void at(double share) throws IOException, InterruptedException, SQLException {
    if (!kills.isEmpty() && kills.element() <= share) {
      kills.remove();
      kill("at %.2f".formatted(share));
    }
    if (!cuts.isEmpty() && cuts.element() <= share) {
      cuts.remove();
      cut();
    }
  }

  void kill(String when) throws IOException, InterruptedException, SQLException {
    int node = fleet.kill(random);
    killed++;
    // what the others have not flushed yet is in it too: a bound, not a count
    long written = written();
    long open = received.distinct() - written + WORKERS;
    unflushed += open;
    workbench.progress("kill %d: node %d %s, unflushed <= %d".formatted(killed, node, when, open));
  }

  private long written() throws SQLException {
    return workbench.database().number("select count(to_regclass('chunk'))") == 0
        ? 0
        : workbench.database().number("select coalesce(sum(sent), 0) from chunk");
  }

  private void cut() throws SQLException {
    cut++;
    workbench.progress(
        "cut %d: %d connections"
            .formatted(
                cut,
                workbench
                    .database()
                    .number(
                        """
                        select count(pg_terminate_backend(pid)) from pg_stat_activity
                         where datname = current_database() and pid <> pg_backend_pid()
                        """)));
  }

  boolean isOver() {
    return kills.isEmpty() && cuts.isEmpty();
  }

  int killed() {
    return killed;
  }

  int cuts() {
    return cut;
  }

  /** Messages that had been sent and were not on record when a node was killed, at most. */
  long unflushed() {
    return unflushed;
  }
}
