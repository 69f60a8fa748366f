package tocsin.channel.sms;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What waits until an operator mends it at Twilio: while a way is closed, one message in five
 * minutes asks whether it still is. Thread-safe.
 *
 * @param <W> the way
 */
final class Closed<W> {
  static final Duration PAUSE = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Map<W, Instant> nextProbe = new ConcurrentHashMap<>();

  Closed(InstantSource clock) {
    this.clock = clock;
  }

  boolean isEmpty() {
    return nextProbe.isEmpty();
  }

  /** False also where somebody may ask. */
  boolean contains(W way) {
    Instant probe = nextProbe.get(way);
    return probe != null && clock.instant().isBefore(probe);
  }

  /** How long to wait; empty where it is open, or the caller is the one that asks. */
  Optional<Duration> wait(W way) {
    Instant probe = nextProbe.get(way);
    Instant now = clock.instant();
    if (probe == null || (!now.isBefore(probe) && nextProbe.replace(way, probe, now.plus(PAUSE)))) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, probe);
    return Optional.of(left.isNegative() || left.isZero() ? PAUSE : left);
  }

  /** Whether it was open. */
  boolean close(W way) {
    return nextProbe.put(way, clock.instant().plus(PAUSE)) == null;
  }

  /** Whether it was closed. */
  boolean open(W way) {
    return nextProbe.remove(way) != null;
  }
}
