package tocsin.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Subscription;

/**
 * Components that somebody ticks in regions, each as {@code component:region} or {@code *:region}
 * for all there is in it; {@code component:*} is the component wherever it is.
 */
final class Picks {
  static final String ALL = "*";
  private static final Pattern FORM =
      Pattern.compile("(\\*|[a-z0-9-]{1,64}):(\\*|[a-z0-9-]{1,64})");

  private Picks() {}

  static String of(String component, String region) {
    return component + ":" + region;
  }

  /** Nothing where everything is heard of. */
  static Set<String> of(List<Subscription> subscriptions) {
    Set<String> picks = new TreeSet<>();
    for (Subscription subscription : subscriptions) {
      for (String region : names(subscription.regions())) {
        for (String component : names(subscription.components())) {
          picks.add(of(component, region));
        }
      }
    }
    return picks.contains(of(ALL, ALL)) ? Set.of() : picks;
  }

  private static Set<String> names(@Nullable Set<String> wanted) {
    return wanted == null ? Set.of(ALL) : wanted;
  }

  /** As the API takes subscriptions; regions of the same components stand together. */
  static JsonArray subscriptions(Collection<String> picks, String minImpact) {
    Map<Set<String>, Set<String>> regionsByComponents = new LinkedHashMap<>();
    componentsByRegion(picks)
        .forEach((region, components) ->
            regionsByComponents
                .computeIfAbsent(
                    components.contains(ALL) ? Set.of() : components, none -> new TreeSet<>())
                .add(region));
    JsonArray subscriptions = new JsonArray();
    regionsByComponents.forEach((components, regions) -> {
      JsonObject subscription = new JsonObject().put("minImpact", minImpact);
      put(subscription, "components", components);
      put(subscription, "regions", regions.contains(ALL) ? Set.of() : regions);
      subscriptions.add(subscription);
    });
    return subscriptions;
  }

  private static Map<String, Set<String>> componentsByRegion(Collection<String> picks) {
    Map<String, Set<String>> byRegion = new TreeMap<>();
    for (String pick : picks) {
      Matcher form = FORM.matcher(pick);
      if (form.matches()) {
        byRegion.computeIfAbsent(form.group(2), none -> new TreeSet<>()).add(form.group(1));
      }
    }
    return byRegion;
  }

  private static void put(JsonObject subscription, String name, Set<String> ids) {
    if (!ids.isEmpty()) {
      subscription.put(name, new JsonArray(ids.stream().toList()));
    }
  }
}
