package tocsin.limit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rates by key, a default where a key has none of its own. */
record Rates(Map<String, Rate> byKey, boolean defaults) {
  static final Rates NONE = Rates.of(Map.of());

  static Rates of(Map<String, Rate> byKey) {
    return new Rates(Map.copyOf(byKey), byKey.keySet().stream().anyMatch(key -> key.endsWith("*")));
  }

  Optional<Rate> of(String key) {
    return Optional.ofNullable(find(key));
  }

  /** As {@link #of(String)}, without an object for each look. */
  @Nullable Rate find(String key) {
    Rate rate = byKey.get(key);
    return rate == null && defaults ? byKey.get(LimitKey.fallback(key)) : rate;
  }

  boolean limitAny(List<Demand> demands) {
    if (!byKey.isEmpty()) {
      for (Demand demand : demands) {
        if (find(demand.key()) != null) {
          return true;
        }
      }
    }
    return false;
  }
}
