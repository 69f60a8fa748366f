package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import tocsin.limit.Demand;
import tocsin.limit.Limiter;
import tocsin.limit.Wait;

/**
 * Decides when a task may go. A limit of the whole lane makes the lane pause; a limit of one domain
 * or host makes only its own recipients wait, so that a slow one never slows the others: nearby
 * slots are waited for in memory, far ones as retry rows that are due when their turn is estimated
 * to come.
 */
final class Pacer {
  private static final Duration NEAR = Duration.ofSeconds(2);
  private static final long MOST_QUEUES = 100_000;

  private final Limiter limiter;
  private final LaneMetrics metrics;
  private final Time time;

  /** Those who asked once, and those who were held and are due. */
  private final Cache<String, Queue> far;

  private final Cache<String, Queue> near;

  /**
   * Those who wait for one limit.
   *
   * @param end when the last of them will have had its turn, in nanoseconds
   * @param spacing nanoseconds between turns
   */
  private record Queue(long end, long spacing) {}

  sealed interface Verdict {
    /** The permits are spent. */
    record Go() implements Verdict {}

    /** Nobody in this lane can go. */
    record Pause(Duration duration) implements Verdict {}

    /** Ask again then. */
    record Later(long nanos) implements Verdict {}

    /** Give the place to others until then. */
    record Hold(Duration duration, String key) implements Verdict {}
  }

  private static final Verdict GO = new Verdict.Go();

  Pacer(Limiter limiter, LaneMetrics metrics, Time time) {
    this.limiter = limiter;
    this.metrics = metrics;
    this.time = time;
    this.far = queues(time);
    this.near = queues(time);
  }

  private static Cache<String, Queue> queues(Time time) {
    return Caffeine.newBuilder()
        .maximumSize(MOST_QUEUES)
        .ticker(time.ticker())
        .expireAfterWrite(Duration.ofHours(1))
        .build();
  }

  /** For a task that asks for the first time; it queues behind the others of its limit. */
  Verdict ask(Demands demands) {
    for (Demand demand : demands.own()) {
      Queue queue = far.getIfPresent(demand.key());
      if (queue != null && queue.end() - time.nanos() > 0) {
        return enqueue(far, demand.key(), queue.end(), queue.spacing(), demand.permits());
      }
    }
    return reserve(demands, far);
  }

  /** For a task that was held until now; it queues only behind others of the same kind. */
  Verdict askDue(Demands demands) {
    return reserve(demands, near);
  }

  private Verdict reserve(Demands demands, Cache<String, Queue> queues) {
    Wait wait = limiter.reserve(demands.all());
    if (wait.isNone()) {
      return GO;
    }
    metrics.waits(wait);
    if (demands.isShared(wait.key())) {
      return new Verdict.Pause(wait.duration());
    }
    long free = time.nanosIn(wait.duration());
    Queue queue = queues.getIfPresent(wait.key());
    long slot = queue == null ? free : Math.max(free, queue.end());
    return enqueue(
        queues, wait.key(), slot, wait.spacing().toNanos(), permits(demands.own(), wait.key()));
  }

  private Verdict enqueue(
      Cache<String, Queue> queues, String key, long slot, long spacing, int permits) {
    queues.put(key, new Queue(slot + permits * spacing, spacing));
    long wait = slot - time.nanos();
    return wait <= NEAR.toNanos()
        ? new Verdict.Later(slot)
        : new Verdict.Hold(Duration.ofNanos(wait), key);
  }

  /** For a task whose slot has come; if it cannot go yet, it keeps its turn. */
  Verdict askAgain(Demands demands) {
    Wait wait = limiter.reserve(demands.all());
    if (wait.isNone()) {
      return GO;
    }
    metrics.waits(wait);
    return demands.isShared(wait.key())
        ? new Verdict.Pause(wait.duration())
        : new Verdict.Later(time.nanosIn(wait.duration()));
  }

  /** The rates have changed: estimates made under the old ones are void. */
  void forgetQueues() {
    far.invalidateAll();
    near.invalidateAll();
  }

  private static int permits(List<Demand> demands, String key) {
    for (Demand demand : demands) {
      if (demand.key().equals(key)) {
        return demand.permits();
      }
    }
    return 1;
  }
}
