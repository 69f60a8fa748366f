package tocsin.dispatch;

import java.time.Duration;

/** How fast something goes, as of the last quarter of a second or more. Not thread-safe. */
final class Throughput {
  private static final long SPAN = Duration.ofMillis(250).toNanos();

  private long since;
  private long counted;
  private double perNano;

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
    return now - since < 2 * SPAN ? perNano * time.toNanos() : 0;
  }
}
