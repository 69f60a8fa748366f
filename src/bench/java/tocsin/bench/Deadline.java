package tocsin.bench;

import java.time.Duration;

/** When everything must have ended. */
record Deadline(long nanos) {

  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Throws once it has passed, with what was waited for. */
  void check(String waitedFor) {
    if (System.nanoTime() - nanos > 0) {
      throw new IllegalStateException("not in time: " + waitedFor);
    }
  }
}
