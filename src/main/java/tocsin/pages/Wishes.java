package tocsin.pages;

import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import tocsin.audience.Subscriber;
import tocsin.audience.Subscription;
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
  private static final String UTC = "UTC";
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
    return usual(visit).changed(typed);
  }

  /** What somebody hears of now. The least impact stands for all, where they differ. */
  static Wishes of(Subscriber subscriber) {
    Impact least =
        subscriber.subscriptions().stream()
            .map(Subscription::minImpact)
            .min(Comparator.naturalOrder())
            .orElse(Impact.NONE);
    return new Wishes(
        Picks.of(subscriber.subscriptions()),
        least.word(),
        subscriber.locale(),
        subscriber.zone().getId());
  }

  /** What is not typed stays; a form without a pick has none. */
  Wishes changed(Typed typed) {
    return new Wishes(
        Set.copyOf(typed.all(PICK)),
        typed.has(IMPACT) ? typed.text(IMPACT) : minImpact,
        typed.has(LOCALE) ? typed.text(LOCALE) : locale,
        typed.has(ZONE) ? typed.text(ZONE) : timeZone);
  }

  boolean hearsTheSame(Wishes other) {
    return picks.equals(other.picks) && minImpact.equals(other.minImpact);
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
    model.put("locales", locales());
    model.put("zones", zones());
    model.put("guess", timeZone.equals(UTC));
  }

  /** What the API has been told stays a choice, also where the pages do not speak it. */
  private List<Map<String, Object>> locales() {
    List<Map<String, Object>> locales = new ArrayList<>();
    for (Language language : Language.values()) {
      locales.add(option(language.tag(), language.word("language_name"), locale));
    }
    Locale told = Locale.forLanguageTag(locale);
    if (!told.getLanguage().isEmpty() && Language.named(locale).isEmpty()) {
      locales.add(option(locale, told.getDisplayName(told), locale));
    }
    return locales;
  }

  private List<Map<String, Object>> zones() {
    List<Map<String, Object>> zones = new ArrayList<>();
    zones.add(option(UTC, UTC, timeZone));
    if (!timeZone.equals(UTC)
        && !ZONES.contains(timeZone)
        && ZoneId.getAvailableZoneIds().contains(timeZone)) {
      zones.add(option(timeZone, timeZone, timeZone));
    }
    for (String id : ZONES) {
      zones.add(option(id, id.replace('_', ' ').replace("/", " / "), timeZone));
    }
    return zones;
  }

  private List<Map<String, Object>> groups(CatalogueLabels labels, Language language) {
    List<Map<String, Object>> groups = new ArrayList<>();
    if (!labels.components().isEmpty()) {
      String name = labels.regions().isEmpty() ? "wish_components" : "wish_everywhere";
      groups.add(group(Picks.ALL, language.word(name), labels, language));
    }
    for (Entry<String, String> region : byName(labels.regions())) {
      groups.add(group(region.getKey(), region.getValue(), labels, language));
    }
    return groups;
  }

  private Map<String, Object> group(
      String region, String name, CatalogueLabels labels, Language language) {
    List<Map<String, Object>> ticks = new ArrayList<>();
    if (!region.equals(Picks.ALL)) {
      ticks.add(tick(Picks.of(Picks.ALL, region), language.word("everything")));
    }
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
