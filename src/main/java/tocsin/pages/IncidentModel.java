package tocsin.pages;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;
import tocsin.incident.Incident;
import tocsin.incident.Kind;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Update;

/**
 * What the page of an incident says, in one language: as it stands after its last public update.
 * Pure.
 *
 * @param updates the public ones, in sequence, never empty
 */
record IncidentModel(
    Incident incident, List<Update> updates, CatalogueLabels labels, Language language) {

  IncidentModel {
    updates = List.copyOf(updates);
  }

  Map<String, Object> values() {
    Update last = updates.getLast();
    Map<String, Object> values = new HashMap<>();
    values.put("title", incident.title());
    values.put("tone", tone(last.status(), last.impact()));
    values.put("status", language.word("status." + last.status().word()));
    values.put("impact", impact(last));
    values.put(
        "affectedWords", language.word(last.status().closes() ? "affected.over" : "affected"));
    values.put("affects", last.affects().stream().map(this::scope).distinct().toList());
    values.put("window", window(last.window()));
    values.put("nextUpdateBy", nextUpdateBy(last));
    values.put("updates", updates.reversed().stream().map(this::update).toList());
    values.put("beganWords", language.word("began." + incident.kind().word()));
    values.put("began", time(updates.getFirst().acceptedAt()));
    return values;
  }

  private Map<String, Object> update(Update update) {
    return Map.of(
        "tone", tone(update.status(), update.impact()),
        "status", language.word("status." + update.status().word()),
        "at", time(update.acceptedAt()),
        "sequence", update.sequence(),
        "body", RichText.html(update.body().in(language.tag())));
  }

  private List<Map<String, String>> impact(Update last) {
    return last.impact() == Impact.NONE || last.status().closes()
        ? List.of()
        : List.of(Map.of("words", language.word("impact." + last.impact().word())));
  }

  private List<Map<String, String>> nextUpdateBy(Update last) {
    return last.nextUpdateBy() == null || last.status().closes()
        ? List.of()
        : List.of(time(last.nextUpdateBy()));
  }

  private List<Map<String, Object>> window(Update.@Nullable Window window) {
    return window == null
        ? List.of()
        : List.of(Map.of("from", time(window.from()), "until", time(window.until())));
  }

  private String scope(Scope scope) {
    List<String> parts = new ArrayList<>();
    parts.add(
        scope.component() == null
            ? language.word("everything")
            : labels.component(scope.component()));
    Stream.of(
            scope.region() == null ? language.word("everywhere") : labels.region(scope.region()),
            scope.segment() == null ? "" : scope.segment())
        .filter(part -> !part.isEmpty())
        .forEach(parts::add);
    return parts.stream().collect(Collectors.joining(" · "));
  }

  private Map<String, String> time(Instant at) {
    return Map.of("machine", at.toString(), "words", language.time(at));
  }

  /** A class of the style sheet; the words beside it say the same. */
  private static String tone(Status status, Impact impact) {
    if (status.closes()) {
      return "over";
    }
    if (status.kind() == Kind.MAINTENANCE) {
      return "planned";
    }
    return impact.word();
  }
}
