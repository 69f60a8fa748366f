package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Endpoints that asked for a pause, as far as this node has heard. Thread-safe. */
final class Throttles {
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST = 100_000;

  private final Cache<Integer, Instant> ends =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

  /** The later end holds. */
  void pause(int subscriber, Instant until) {
    ends.asMap().merge(subscriber, until, (one, other) -> one.isAfter(other) ? one : other);
  }

  /** When the pause ends; null if there is none now. */
  @Nullable Instant until(int subscriber, Instant now) {
    Instant end = ends.getIfPresent(subscriber);
    return end != null && end.isAfter(now) ? end : null;
  }
}
