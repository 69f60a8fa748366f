package tocsin.dispatch;

import java.util.HashMap;
import java.util.Map;

/**
 * What is to be told on one channel.
 *
 * @param permits that the messages need, by the key of the limit; limits that none of them falls
 *     under are left out
 */
record Workload(double messages, Map<String, Double> permits) {
  static final Workload NONE = new Workload(0, Map.of());

  Workload {
    permits = Map.copyOf(permits);
  }

  Workload plus(Workload other) {
    Map<String, Double> sum = new HashMap<>(permits);
    other.permits.forEach((key, n) -> sum.merge(key, n, Double::sum));
    return new Workload(messages + other.messages, sum);
  }

  /** As much of it as has its turn while the other, which takes turns with it, is told. */
  Workload inTurnWith(Workload other) {
    Map<String, Double> least = new HashMap<>();
    permits.forEach((key, n) -> {
      double others = other.permits.getOrDefault(key, 0.0);
      if (others > 0) {
        least.put(key, Math.min(n, others));
      }
    });
    return new Workload(Math.min(messages, other.messages), least);
  }
}
