package tocsin.pages;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tocsin.incident.Impact;
import tocsin.incident.Scope;
import tocsin.incident.Update;

/** How a public update is put into words for a visit. Pure. */
record UpdateWords(CatalogueLabels labels, Visit visit) {

  /** Of an incident that stands as this update says. */
  Map<String, Object> state(Update last, Instant now) {
    Map<String, Object> values = new HashMap<>();
    values.put("incident", last.incident());
    values.put("title", last.title());
    values.put("tone", Tone.of(last).word());
    values.put("status", visit.language().word("status." + last.status().word()));
    values.put("impact", impact(last));
    values.put("at", visit.time(last.acceptedAt()));
    values.put("affects", affects(last.affects()));
    values.put("promise", promise(last, now));
    values.put("window", window(last));
    return values;
  }

  private List<String> impact(Update last) {
    return last.impact() == Impact.NONE || last.status().closes()
        ? List.of()
        : List.of(visit.language().word("impact." + last.impact().word()));
  }

  private List<Map<String, Object>> promise(Update last, Instant now) {
    Instant by = last.nextUpdateBy();
    if (by == null || last.status().closes()) {
      return List.of();
    }
    boolean late = by.isBefore(now);
    return List.of(
        Map.of(
            "tone", late ? "late" : "kept",
            "words", visit.language().word(late ? "promise_late" : "promise"),
            "by", visit.time(by)));
  }

  private List<Map<String, Object>> window(Update last) {
    Update.Window window = last.window();
    return window == null
        ? List.of()
        : List.of(Map.of("from", visit.time(window.from()), "until", visit.time(window.until())));
  }

  /** Each component with the places where it is affected; everything first. */
  private List<Map<String, Object>> affects(List<Scope> scopes) {
    Map<String, Set<String>> places = new LinkedHashMap<>();
    for (Scope scope : scopes) {
      String component =
          scope.component() == null
              ? visit.language().word("everything")
              : labels.component(scope.component());
      places.computeIfAbsent(component, name -> new LinkedHashSet<>()).add(place(scope));
    }
    return places.entrySet().stream()
        .map(entry ->
            Map.<String, Object>of("what", entry.getKey(), "where", List.copyOf(entry.getValue())))
        .toList();
  }

  private String place(Scope scope) {
    String region =
        scope.region() == null
            ? visit.language().word("everywhere")
            : labels.region(scope.region());
    return scope.segment() == null ? region : region + " · " + scope.segment();
  }
}
