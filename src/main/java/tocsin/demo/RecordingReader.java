package tocsin.demo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Status;

/** Reads the lines of a recording; the format is told at {@link Replay}. */
final class RecordingReader {
  private static final int MOST_LINES = 1_000;
  private static final int LONGEST_LINE = 256 << 10;
  private static final Duration LONGEST_WAIT = Duration.ofDays(366);
  private static final Set<String> FIRST =
      Set.of("id", "title", "posted", "nextUpdateIn", "update");
  private static final Set<String> NEXT = Set.of("after", "nextUpdateIn", "update");

  private final List<String> problems = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private @Nullable String id;
  private String title = "";
  private @Nullable OffsetDateTime posted;
  private int line;

  static Recording read(BufferedReader lines) throws IOException, RecordingException {
    return new RecordingReader().all(lines);
  }

  private Recording all(BufferedReader lines) throws IOException, RecordingException {
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      line++;
      if (line > MOST_LINES) {
        problem("", "a recording has at most " + MOST_LINES + " lines");
        break;
      }
      if (!text.isBlank()) {
        read(text);
      }
    }
    if (steps.isEmpty() && problems.isEmpty()) {
      problems.add("line 1: holds no incident");
    }
    if (!problems.isEmpty()) {
      throw new RecordingException(problems);
    }
    return new Recording(id, title, posted, steps);
  }

  private void read(String text) {
    if (text.length() > LONGEST_LINE) {
      problem("", "longer than " + LONGEST_LINE + " characters");
      return;
    }
    JsonObject json;
    try {
      json = new JsonObject(text);
    } catch (DecodeException e) {
      problem("", "not a JSON object");
      return;
    }
    boolean first = steps.isEmpty();
    Set<String> known = first ? FIRST : NEXT;
    json.fieldNames().stream()
        .filter(field -> !known.contains(field))
        .forEach(
            field -> problem(field, "unknown here; known are " + known.stream().sorted().toList()));
    if (first) {
      head(json);
    }
    steps.add(step(json, first ? Duration.ZERO : after(json)));
  }

  private void head(JsonObject json) {
    id = word(json, "id");
    title = Objects.requireNonNullElse(word(json, "title"), "");
    if (title.isBlank()) {
      problem("title", "the first line names the incident");
    }
    String time = word(json, "posted");
    try {
      posted = time == null ? null : OffsetDateTime.parse(time);
    } catch (DateTimeException e) {
      problem("posted", "a time with its offset, such as 2026-01-15T10:30:00-05:00");
    }
  }

  private Duration after(JsonObject json) {
    Duration after = duration(json, "after");
    if (after == null) {
      problem("after", "how long after the line before, such as PT6M");
    }
    return Objects.requireNonNullElse(after, Duration.ZERO);
  }

  private Step step(JsonObject json, Duration after) {
    Duration promise = duration(json, "nextUpdateIn");
    if (!(json.getValue("update") instanceof JsonObject update)) {
      problem("update", "an object, as the API takes it");
      return new Step(after, promise, new JsonObject());
    }
    if (Status.of(String.valueOf(update.getValue("status"))).isEmpty()) {
      problem("update.status", "unknown");
    }
    if (!update.containsKey("body")) {
      problem("update.body", "missing");
    }
    if (promise != null && update.containsKey("nextUpdateBy")) {
      problem("nextUpdateIn", "either this or update.nextUpdateBy");
    }
    return new Step(after, promise, update);
  }

  private @Nullable Duration duration(JsonObject json, String field) {
    String text = word(json, field);
    if (text == null) {
      return null;
    }
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && duration.compareTo(LONGEST_WAIT) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      // told below, as for one that is out of bounds
    }
    problem(field, "a duration from PT0S to " + LONGEST_WAIT + ", such as PT6M");
    return Duration.ZERO;
  }

  private @Nullable String word(JsonObject json, String field) {
    Object value = json.getValue(field);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    problem(field, "text in quotes");
    return null;
  }

  private void problem(String field, String detail) {
    problems.add("line " + line + ": " + (field.isEmpty() ? "" : field + ": ") + detail);
  }
}
