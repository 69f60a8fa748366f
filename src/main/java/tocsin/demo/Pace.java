package tocsin.demo;

import java.time.Duration;

/**
 * How fast a recording is replayed.
 *
 * @param compression how many seconds of the recording pass in one second
 * @param longest no wait is longer than this
 */
public record Pace(int compression, Duration longest) {
  /** As it happened. */
  public static final Pace ORIGINAL = new Pace(1, Duration.ofDays(366));

  public Pace {
    if (compression < 1) {
      throw new IllegalArgumentException("compression: 1 or more");
    }
  }

  Duration of(Duration original) {
    Duration compressed = original.dividedBy(compression);
    return compressed.compareTo(longest) < 0 ? compressed : longest;
  }
}
