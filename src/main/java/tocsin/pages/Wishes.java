package tocsin.pages;

import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import tocsin.incident.Impact;

/**
 * The part of a form that says what somebody wants to hear of: components by region, impact,
 * language and time zone. For the partial {@code wishes.html}.
 */
record Wishes(Set<String> picks, String minImpact, String locale, String timeZone) {
  static final String PICK = "pick";
  private static final String IMPACT = "minImpact";
  private static final String LOCALE = "locale";
  private static final String ZONE = "timeZone";
  private static final List<String> ZONES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(id ->
              id.matches(
                  "(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
          .sorted()
          .toList();

  Wishes {
    picks = Set.copyOf(picks);
  }

  /** What a form shows before anybody has said anything. */
  static Wishes usual(Visit visit) {
    return new Wishes(Set.of(), Impact.NONE.word(), visit.language().tag(), visit.clock().getId());
  }

  static Wishes of(Typed typed, Visit visit) {
    Wishes usual = usual(visit);
    return new Wishes(
        Set.copyOf(typed.all(PICK)),
        typed.has(IMPACT) ? typed.text(IMPACT) : usual.minImpact(),
        typed.has(LOCALE) ? typed.text(LOCALE) : usual.locale(),
        typed.has(ZONE) ? typed.text(ZONE) : usual.timeZone());
  }

  /** Into the JSON of a registration. */
  void put(JsonObject registration) {
    registration.put("locale", locale).put("timeZone", timeZone);
    var subscriptions = Picks.subscriptions(picks, minImpact);
    if (subscriptions.isEmpty()) {
      registration.put(IMPACT, minImpact);
    } else {
      registration.put("subscriptions", subscriptions);
    }
  }

  void put(Map<String, Object> model, CatalogueLabels labels, Visit visit) {
    Language language = visit.language();
    model.put("groups", groups(labels, language));
    model.put(
        "impacts",
        List.of(Impact.values()).stream()
            .map(impact ->
                option(impact.word(), language.word("wish_impact_" + impact.word()), minImpact))
            .toList());
    model.put(
        "locales",
        List.of(Language.values()).stream()
            .map(each -> option(each.tag(), each.word("language_name"), locale))
            .toList());
    model.put("zones", zones());
    model.put("guess", ZoneOffset.UTC.equals(ZoneId.of(known(timeZone)).normalized()));
  }

  private List<Map<String, Object>> zones() {
    List<Map<String, Object>> zones = new ArrayList<>();
    zones.add(option("UTC", "UTC", timeZone));
    for (String id : ZONES) {
      zones.add(option(id, id.replace('_', ' ').replace("/", " / "), timeZone));
    }
    return zones;
  }

  private static String known(String zone) {
    return ZONES.contains(zone) ? zone : "UTC";
  }

  private List<Map<String, Object>> groups(CatalogueLabels labels, Language language) {
    List<Map<String, Object>> groups = new ArrayList<>();
    if (labels.regions().isEmpty() && !labels.components().isEmpty()) {
      groups.add(group(Picks.ALL, language.word("wish_components"), labels, language));
    }
    for (Entry<String, String> region : byName(labels.regions())) {
      groups.add(group(region.getKey(), region.getValue(), labels, language));
    }
    return groups;
  }

  private Map<String, Object> group(
      String region, String name, CatalogueLabels labels, Language language) {
    List<Map<String, Object>> ticks = new ArrayList<>();
    ticks.add(tick(Picks.of(Picks.ALL, region), language.word("everything")));
    for (Entry<String, String> component : byName(labels.components())) {
      ticks.add(tick(Picks.of(component.getKey(), region), component.getValue()));
    }
    Map<String, Object> group = new HashMap<>();
    group.put("name", name);
    group.put("ticks", ticks);
    group.put("open", ticks.stream().anyMatch(tick -> Boolean.TRUE.equals(tick.get("checked"))));
    return group;
  }

  private Map<String, Object> tick(String pick, String name) {
    return Map.of("value", pick, "name", name, "checked", picks.contains(pick));
  }

  private static Map<String, Object> option(String value, String name, String chosen) {
    return Map.of("value", value, "name", name, "selected", value.equals(chosen));
  }

  private static List<Entry<String, String>> byName(Map<String, String> labels) {
    return labels.entrySet().stream()
        .sorted(Comparator.comparing(label -> label.getValue().toLowerCase(Locale.ROOT)))
        .toList();
  }
}
