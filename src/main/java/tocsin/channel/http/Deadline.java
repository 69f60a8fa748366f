package tocsin.channel.http;

import java.time.Duration;

/** A moment on the monotonic clock by which everything of one send must have happened. */
public record Deadline(long nanoTime) {

  public static Deadline in(Duration wait) {
    return new Deadline(System.nanoTime() + wait.toNanos());
  }

  /** Never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
  }

  public boolean over() {
    return left().isZero();
  }
}
