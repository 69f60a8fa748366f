package tocsin.bench;

import java.time.Duration;

/**
 * How well a limit was kept and used.
 *
 * @param used share of the permits of the watched time that were used
 * @param worst the most that any window of one second saw
 */
record Pacing(int count, double used, int worst) {
  private static final long WINDOW = Duration.ofSeconds(1).toNanos();

  /**
   * From the first hand-over on, for so long.
   *
   * @param times ascending nanoseconds; at least one
   */
  static Pacing of(long[] times, int perSecond, Duration length) {
    int worst = 0;
    int count = 0;
    int oldest = 0;
    for (int i = 0; i < times.length; i++) {
      while (times[i] - times[oldest] >= WINDOW) {
        oldest++;
      }
      worst = Math.max(worst, i - oldest + 1);
      if (times[i] - times[0] < length.toNanos()) {
        count++;
      }
    }
    return new Pacing(count, count * 1e9 / (perSecond * (double) length.toNanos()), worst);
  }
}
