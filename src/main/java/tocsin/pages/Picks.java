package tocsin.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Components that somebody ticks in regions, each as {@code component:region} or {@code *:region}
 * for all there is in it; a region may be {@code *} where there are none.
 */
final class Picks {
  static final String ALL = "*";
  private static final Pattern FORM =
      Pattern.compile("(\\*|[a-z0-9-]{1,64}):(\\*|[a-z0-9-]{1,64})");

  private Picks() {}

  static String of(String component, String region) {
    return component + ":" + region;
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
