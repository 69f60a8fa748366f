package tocsin.render;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;
import tocsin.incident.Kind;
import tocsin.incident.Status;
import tocsin.incident.Update;
import tocsin.incident.Update.Window;

/** What templates can say of an update; {@code templates/README.md} lists it for their authors. */
final class Model {
  private final Map<String, @Nullable Object> values = new HashMap<>();

  Model(Update update, Names names, Brand brand, Words words, ZoneId zone) {
    values.put("brand", brand.name());
    values.put("link", brand.incident(update.incident()));
    values.put("language", words.tag());
    values.put("direction", words.get("direction"));
    values.put("say", words.sayings(brand.name()));

    values.put("incident", update.incident());
    values.put("sequence", update.sequence());
    values.put("title", title(update));
    values.put("status", worded("status", update.status().word(), words));
    values.put("lead", words.get("lead." + update.status().word()));
    values.put("kind", worded("kind", update.status().kind().word(), words));
    values.put("impact", worded("impact", update.impact().word(), words));
    values.put("is", flags(update));
    values.put("tone", Tone.of(update).flags());
    values.put("event", WebhookEvent.type(update.status()));

    values.put("affected", Affected.lines(update.affects(), names, words));
    values.put("scopes", Affected.scopes(update.affects()));
    values.put("accepted", Moment.of(update.acceptedAt(), words, zone));
    values.put("nextUpdate", moment(update.nextUpdateBy(), words, zone));
    values.put("window", window(update.window(), words, zone));
  }

  /** The incident's title, fit for a subject and for a page. */
  static String title(Update update) {
    return Graphemes.cut(SafeText.line(update.title()), 200);
  }

  /** Adds or replaces one value; the form of the body differs between channels. */
  Model with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Map<String, @Nullable Object> values() {
    return values;
  }

  private static Map<String, String> worded(String group, String word, Words words) {
    return Map.of("word", word, "text", words.get(group + "." + word));
  }

  private static Map<String, Boolean> flags(Update update) {
    Map<String, Boolean> flags = new HashMap<>();
    for (Kind kind : Kind.values()) {
      flags.put(kind.word(), kind == update.status().kind());
    }
    for (Status status : Status.values()) {
      flags.put(status.word(), status == update.status());
    }
    Arrays.stream(Impact.values())
        .forEach(impact -> flags.put(impact.word(), impact == update.impact()));
    flags.put("closed", update.status().closes());
    return flags;
  }

  private static @Nullable Map<String, String> moment(
      @Nullable Instant instant, Words words, ZoneId zone) {
    return instant == null ? null : Moment.of(instant, words, zone);
  }

  private static @Nullable Map<String, Map<String, String>> window(
      @Nullable Window window, Words words, ZoneId zone) {
    return window == null
        ? null
        : Map.of(
            "from", Moment.of(window.from(), words, zone),
            "until", Moment.of(window.until(), words, zone));
  }
}
