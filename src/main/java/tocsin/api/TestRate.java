package tocsin.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** One test of an endpoint a second and ten a minute, on this node. Thread-safe. */
final class TestRate {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_A_MINUTE = 10;

  private final Cache<Integer, Deque<Instant>> recent =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterAccess(MINUTE).build();

  /** How long to wait; zero: it is counted, and may go. */
  Duration ask(int endpoint, Instant now) {
    Deque<Instant> times = recent.get(endpoint, id -> new ArrayDeque<>());
    synchronized (times) {
      while (!times.isEmpty() && !times.getFirst().plus(MINUTE).isAfter(now)) {
        times.removeFirst();
      }
      Instant next =
          times.size() == MOST_A_MINUTE
              ? times.getFirst().plus(MINUTE)
              : times.isEmpty() ? now : times.getLast().plus(SECOND);
      if (next.isAfter(now)) {
        return Duration.between(now, next);
      }
      times.addLast(now);
      return Duration.ZERO;
    }
  }
}
