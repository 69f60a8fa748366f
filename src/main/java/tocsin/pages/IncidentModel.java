package tocsin.pages;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tocsin.incident.Incident;
import tocsin.incident.Update;

/**
 * What the page of an incident says: as it stands after its last public update. Pure.
 *
 * @param updates the public ones, in sequence, never empty
 */
record IncidentModel(Incident incident, List<Update> updates, UpdateWords words) {

  IncidentModel {
    updates = List.copyOf(updates);
  }

  Map<String, Object> values(Instant now) {
    Update last = updates.getLast();
    Language language = words.visit().language();
    Map<String, Object> values = new HashMap<>(words.state(last, now));
    values.put(
        "affectedWords", language.word(last.status().closes() ? "affected.over" : "affected"));
    values.put("updates", updates.reversed().stream().map(this::update).toList());
    values.put("beganWords", language.word("began." + incident.kind().word()));
    values.put("began", words.visit().time(updates.getFirst().acceptedAt()));
    values.put("indexed", true);
    values.put("feed", Feed.PATH);
    return values;
  }

  private Map<String, Object> update(Update update) {
    Language language = words.visit().language();
    return Map.of(
        "tone", Tone.of(update).word(),
        "status", language.word("status." + update.status().word()),
        "at", words.visit().time(update.acceptedAt()),
        "sequence", update.sequence(),
        "body", RichText.html(update.body().in(language.tag())));
  }
}
