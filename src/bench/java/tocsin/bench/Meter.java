package tocsin.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Reads the counters of some gateways and of PostgreSQL, twice, for the difference. */
final class Meter {
  private final List<ProcessHandle> gateways;
  private final BenchDatabase database;
  private final ProcessHandle postmaster;
  private final Duration cpu;
  private final Duration databaseCpu;
  private final long wal;
  private final long start;

  private Meter(List<ProcessHandle> gateways, BenchDatabase database)
      throws IOException, SQLException {
    this.gateways = gateways;
    this.database = database;
    this.postmaster = database.postmaster();
    this.cpu = cpu();
    this.databaseCpu = ProcessFigures.cpuOfFamily(postmaster);
    this.wal = database.wal();
    this.start = System.nanoTime();
  }

  /** From now on. */
  static Meter start(BenchDatabase database, List<ProcessHandle> gateways)
      throws IOException, SQLException {
    return new Meter(List.copyOf(gateways), database);
  }

  /** Until now; may be asked again. */
  Reading read(long count) throws IOException, SQLException {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    long rss = 0;
    for (ProcessHandle gateway : gateways) {
      rss = Math.max(rss, ProcessFigures.peakMemory(gateway));
    }
    return new Reading(
        count,
        took,
        cpu().minus(cpu),
        ProcessFigures.cpuOfFamily(postmaster).minus(databaseCpu),
        database.wal() - wal,
        rss);
  }

  private Duration cpu() throws IOException {
    Duration sum = Duration.ZERO;
    for (ProcessHandle gateway : gateways) {
      sum = sum.plus(ProcessFigures.cpu(gateway));
    }
    return sum;
  }
}
