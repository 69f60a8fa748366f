package tocsin.dispatch;

import java.time.Duration;

/**
 * How much a lane wants to have in hand: what it gives out in half a second, so that other nodes
 * get their share and a stop hands back little. Not thread-safe.
 */
final class Appetite {
  private static final Duration AHEAD = Duration.ofMillis(500);
  private static final int LEAST = 500;
  private static final int MOST = 8_000;
  private static final double WEIGHT_OF_LAST = 0.5;

  private long turns;
  private long at;
  private double perNano;

  Appetite(long now) {
    this.at = now;
  }

  /**
   * Tasks wanted.
   *
   * @param given turns given so far
   */
  int wanted(long given, long now) {
    long elapsed = now - at;
    if (elapsed > 0) {
      double last = (double) (given - turns) / elapsed;
      perNano = WEIGHT_OF_LAST * last + (1 - WEIGHT_OF_LAST) * perNano;
      turns = given;
      at = now;
    }
    return (int) Math.clamp(perNano * AHEAD.toNanos(), LEAST, MOST);
  }
}
