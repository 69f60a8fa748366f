package tocsin.dispatch;

import java.time.Duration;

/** How fast something goes, as of the last quarter of a second or more. Not thread-safe. */
final class Throughput {
  private static final long SPAN = Duration.ofMillis(250).toNanos();
  private static final long SHORTEST = Duration.ofMillis(10).toNanos();

  private long since;
  private long counted;
  private double perNano;

  Throughput(long now) {
    this.since = now;
  }

  /** One more, now. */
  void count(long now) {
    counted++;
    if (now - since >= SPAN) {
      perNano = (double) counted / (now - since);
      counted = 0;
      since = now;
    }
  }

  /** So many in that time; nothing when the last one was long ago. */
  double in(Duration time, long now) {
    long elapsed = now - since;
    if (elapsed >= 2 * SPAN) {
      return 0;
    }
    double current = elapsed < SHORTEST ? 0 : (double) counted / elapsed;
    return Math.max(current, perNano) * time.toNanos();
  }
}
