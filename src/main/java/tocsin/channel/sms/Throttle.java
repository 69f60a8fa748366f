package tocsin.channel.sms;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * The pause that all sends share after Twilio took too many at a time: 100 ms, doubled by each
 * refusal that follows it, up to 30 s, give or take a tenth. Thread-safe.
 */
final class Throttle {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 9;
  private static final double JITTER = 0.1;

  private final InstantSource clock;
  private final RandomGenerator random;
  private Instant until = Instant.EPOCH;
  private int doublings;

  Throttle(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** Of the pause; zero outside one. */
  synchronized Duration left() {
    Duration left = Duration.between(clock.instant(), until);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Begins a pause; what was under way when one began makes none longer. */
  synchronized void refused() {
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      return;
    }
    long own = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
    double spread = 1 + JITTER * (2 * random.nextDouble() - 1);
    until = now.plus(Duration.ofMillis(Math.round(own * spread)));
    doublings = Math.min(doublings + 1, MOST_DOUBLINGS);
  }

  /** Makes the next pause shorter, once one is over. */
  synchronized void taken() {
    if (doublings > 0 && !clock.instant().isBefore(until)) {
      doublings--;
    }
  }
}
