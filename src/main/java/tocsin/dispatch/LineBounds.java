package tocsin.dispatch;

import tocsin.limit.Limiter;
import tocsin.limit.Rate;

/**
 * How many may wait in one line in memory: about what goes in two seconds, so that the rest is left
 * to other nodes. Pure but for the rates.
 */
final class LineBounds {
  /** When as many are in hand in all, a line that is stopped keeps only its next one. */
  private static final int MOST_IN_HAND = 20_000;

  /** Of a line that no limit holds up: what the fastest lane wants in hand. */
  private static final int MOST_UNLIMITED = 8_000;

  private static final int MOST_OF_A_LINE = 1_000;
  private static final double SECONDS = 2;

  private final Limiter limiter;

  LineBounds(Limiter limiter) {
    this.limiter = limiter;
  }

  int of(Line line, int inHand) {
    if (line.key().isEmpty()) {
      return Integer.MAX_VALUE;
    }
    if (line.host().isDown() || inHand >= MOST_IN_HAND) {
      return 1;
    }
    return limiter.rate(line.key()).map(LineBounds::inTime).orElse(MOST_UNLIMITED);
  }

  private static int inTime(Rate rate) {
    double perSecond = rate.permits() * 1e9 / rate.per().toNanos();
    return (int) Math.clamp(Math.ceil(perSecond * SECONDS), 1, MOST_OF_A_LINE);
  }
}
