package tocsin.audience;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a row says about whom a subscriber listens for; many rows say the same.
 *
 * @param subscriptions JSON text, as stored
 * @param regions the customer's, null: all
 * @param segments the customer's, null: all
 */
record IndexedFilter(
    String subscriptions, @Nullable List<String> regions, @Nullable List<String> segments) {

  /** The subscriptions as the customer narrows them, without those narrowed to nothing. */
  List<Subscription> narrowed() {
    var narrowed = new ArrayList<Subscription>();
    for (Subscription wide : SubscriptionJson.stored(new JsonArray(subscriptions))) {
      Set<String> itsRegions = common(wide.regions(), regions);
      Set<String> itsSegments = common(wide.segments(), segments);
      if (!isNothing(itsRegions) && !isNothing(itsSegments)) {
        narrowed.add(
            new Subscription(wide.components(), itsRegions, itsSegments, wide.minImpact()));
      }
    }
    return List.copyOf(narrowed);
  }

  int weight() {
    return subscriptions.length();
  }

  private static boolean isNothing(@Nullable Set<String> names) {
    return names != null && names.isEmpty();
  }

  private static @Nullable Set<String> common(
      @Nullable Set<String> wanted, @Nullable List<String> allowed) {
    if (wanted == null) {
      return allowed == null ? null : Set.copyOf(allowed);
    }
    var common = new TreeSet<>(wanted);
    if (allowed != null) {
      common.retainAll(allowed);
    }
    return common;
  }
}
