package tocsin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;
import tocsin.incident.Problem;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Submission;
import tocsin.incident.Text;
import tocsin.incident.Update.Window;

/** Reads what the contract calls NewUpdate, from JSON that agrees with it. */
final class SubmissionJson {
  private static final String TIME = "must be an RFC 3339 time such as 2026-01-15T10:40:00Z";

  private final JsonObject json;
  private final String path;

  /**
   * @param path of the update in the request, {@code update.} or nothing
   */
  private SubmissionJson(JsonObject json, String path) {
    this.json = json;
    this.path = path;
  }

  /** Throws a VALIDATION problem for what a schema cannot say. */
  static Submission read(JsonObject json, String path) {
    return new SubmissionJson(json, path).submission();
  }

  private Submission submission() {
    String impact = json.getString("impact");
    return new Submission(
        Status.of(json.getString("status")).orElseThrow(),
        impact == null ? null : Impact.of(impact).orElseThrow(),
        text(),
        affects(),
        time("nextUpdateBy"),
        window(),
        json.getBoolean("notify", true),
        json.getBoolean("reopen", false));
  }

  private Text text() {
    if (!(json.getValue("body") instanceof JsonObject byTag)) {
      return Text.of(words("body", json.getString("body")));
    }
    Map<String, String> byLocale = new TreeMap<>();
    byTag.forEach(entry -> {
      String field = "body." + entry.getKey();
      String words = words(field, (String) entry.getValue());
      if (byLocale.put(tag(field, entry.getKey()), words) != null) {
        throw wrong(field, "names a language that is there already");
      }
    });
    return new Text(byLocale);
  }

  private String words(String field, String words) {
    if (words.isBlank()) {
      throw wrong(field, "must have words");
    }
    return words;
  }

  private String tag(String field, String tag) {
    try {
      return new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
    } catch (IllformedLocaleException notOne) {
      throw wrong(field, "must be a language tag such as en or de-AT");
    }
  }

  private @Nullable List<Scope> affects() {
    JsonArray entries = json.getJsonArray("affects");
    if (entries == null) {
      return null;
    }
    return entries.stream()
        .map(JsonObject.class::cast)
        .map(entry ->
            new Scope(
                entry.getString("component"),
                entry.getString("region"),
                entry.getString("segment")))
        .toList();
  }

  private @Nullable Window window() {
    Instant from = time("scheduledFor");
    Instant until = time("scheduledUntil");
    if (from == null && until == null) {
      return null;
    }
    if (from == null) {
      throw wrong("scheduledFor", "is required beside scheduledUntil");
    }
    if (until == null) {
      throw wrong("scheduledUntil", "is required beside scheduledFor");
    }
    if (!until.isAfter(from)) {
      throw wrong("scheduledUntil", "must be after scheduledFor");
    }
    return new Window(from, until);
  }

  private @Nullable Instant time(String field) {
    String text = json.getString(field);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException unreadable) {
      throw wrong(field, TIME);
    }
  }

  private RuntimeException wrong(String field, String detail) {
    return Problem.validation(path + field, detail).exception();
  }
}
