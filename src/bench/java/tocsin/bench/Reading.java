package tocsin.bench;

import java.time.Duration;

/**
 * What one side did in one round and what that cost.
 *
 * @param count deliveries, matches or lines
 * @param cpu of the gateway's processes
 * @param databaseCpu of all processes of PostgreSQL
 * @param wal bytes
 * @param rss bytes, the most that one gateway ever had so far
 */
record Reading(long count, Duration took, Duration cpu, Duration databaseCpu, long wal, long rss) {
  private static final double NANOS = 1e9;

  /** The same cost for another count in another time. */
  Reading of(long otherCount, Duration otherTime) {
    return new Reading(otherCount, otherTime, cpu, databaseCpu, wal, rss);
  }

  double perSecond() {
    return count * NANOS / took.toNanos();
  }

  /** Microseconds of the gateway's CPU. */
  double cpuEach() {
    return cpu.toNanos() / 1e3 / count;
  }

  /** Microseconds of PostgreSQL's CPU. */
  double databaseCpuEach() {
    return databaseCpu.toNanos() / 1e3 / count;
  }

  double walEach() {
    return (double) wal / count;
  }

  double megabytes() {
    return rss / 1e6;
  }
}
