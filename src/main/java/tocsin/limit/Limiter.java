package tocsin.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers how long a send has to wait for all limits that it falls under, and spends the permits
 * when it need not: all of them or none. Thread-safe; remembers at most 100,000 keys, each for as
 * long as it can still make somebody wait.
 */
public final class Limiter {
  private static final long MOST_KEYS = 100_000;

  private final Ticker ticker;
  private final Cache<String, Bucket> buckets;
  private volatile Map<String, Rate> rates = Map.of();

  public Limiter(Ticker ticker) {
    this.ticker = ticker;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_KEYS)
            .ticker(ticker)
            .expireAfter(
                Expiry.<String, Bucket>writing(
                    (key, bucket) -> bucket.rate().per().plusSeconds(60)))
            .build();
  }

  /** From now on these rates hold; a key without one is not limited. */
  public void rates(Map<String, Rate> current) {
    rates = Map.copyOf(current);
  }

  /** Calls whenever permits have come that somebody may wait for. */
  public void onGrant(Runnable listener) {}

  public Map<String, Rate> rates() {
    return rates;
  }

  public synchronized Wait reserve(List<Demand> demands) {
    long now = ticker.read();
    long longest = 0;
    Wait wait = Wait.NONE;
    for (Demand demand : demands) {
      Bucket bucket = bucket(demand.key(), now);
      if (bucket != null && bucket.waitFor(demand.permits(), now) > longest) {
        longest = bucket.waitFor(demand.permits(), now);
        wait =
            new Wait(Duration.ofNanos(longest), demand.key(), Duration.ofNanos(bucket.interval()));
      }
    }
    if (wait.isNone()) {
      for (Demand demand : demands) {
        Bucket bucket = bucket(demand.key(), now);
        if (bucket != null) {
          buckets.put(demand.key(), bucket.spend(demand.permits(), now));
        }
      }
    }
    return wait;
  }

  /** Whether any rate applies to the key. */
  public boolean limits(String key) {
    return rate(key).isPresent();
  }

  public Optional<Rate> rate(String key) {
    Rate rate = rates.get(key);
    return Optional.ofNullable(rate == null ? rates.get(LimitKey.fallback(key)) : rate);
  }

  private @Nullable Bucket bucket(String key, long now) {
    Rate rate = rate(key).orElse(null);
    if (rate == null) {
      return null;
    }
    Bucket known = buckets.getIfPresent(key);
    return known != null && known.rate().equals(rate) ? known : Bucket.full(rate, now);
  }
}
