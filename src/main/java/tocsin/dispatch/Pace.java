package tocsin.dispatch;

import java.time.Duration;
import java.util.Map;
import tocsin.limit.LimitKey;
import tocsin.limit.Rate;
import tocsin.limit.Spacing;

/**
 * How fast a channel can be.
 *
 * @param rates of the limits, by key
 * @param capacity deliveries per second where nothing limits them
 */
record Pace(Map<String, Rate> rates, double capacity) {
  Pace {
    rates = Map.copyOf(rates);
  }

  /** How long it takes to tell all of the first, and before them all of the second. */
  Duration time(Workload own, Workload before) {
    double longest = own.messages() == 0 ? 0 : (own.messages() + before.messages()) / capacity;
    for (Map.Entry<String, Double> need : own.permits().entrySet()) {
      if (need.getValue() == 0) {
        continue;
      }
      double permits = need.getValue() + before.permits().getOrDefault(need.getKey(), 0.0);
      longest = Math.max(longest, permits / perSecond(need.getKey()));
    }
    return Duration.ofMillis(Math.round(longest * 1_000));
  }

  private double perSecond(String key) {
    Rate rate = rates.get(key);
    if (rate == null) {
      rate = rates.get(LimitKey.fallback(key));
    }
    return rate == null
        ? Double.POSITIVE_INFINITY
        : 1e9 / Spacing.of(rate, 1).perPermit().toNanos();
  }
}
