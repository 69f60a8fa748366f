package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The two clocks of a lane.
 *
 * @param wall for the record
 * @param ticker for waiting: nanoseconds that never step
 */
public record Time(InstantSource wall, Ticker ticker) {
  public static Time system() {
    return new Time(InstantSource.system(), Ticker.systemTicker());
  }

  Instant now() {
    return wall.instant();
  }

  long nanos() {
    return ticker.read();
  }

  long nanosIn(Duration duration) {
    return ticker.read() + duration.toNanos();
  }
}
