package tocsin.limit;

import java.time.Duration;

/**
 * So many permits in any window of that length.
 *
 * @param permits 1 to 1,000,000; messages, or segments where the key is an SMS sender
 * @param per 1 ms to 31 days
 */
public record Rate(int permits, Duration per) {
  public static final int MOST_PERMITS = 1_000_000;
  public static final Duration LONGEST = Duration.ofDays(31);

  public Rate {
    if (permits < 1 || permits > MOST_PERMITS) {
      throw new IllegalArgumentException("permits: 1 to " + MOST_PERMITS);
    }
    if (per.compareTo(Duration.ofMillis(1)) < 0 || per.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("per: PT0.001S to " + LONGEST);
    }
  }
}
