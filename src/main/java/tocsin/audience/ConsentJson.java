package tocsin.audience;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.DisplayName;

/** Consent as JSON: {@code {"source": "sign-up form", "at": "2026-01-15T10:40:00Z"}}. */
final class ConsentJson {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
  private static final Set<String> FIELDS = Set.of("source", "at");

  private ConsentJson() {}

  /** Of the field {@code consent}; null where it is missing or wrong. */
  static @Nullable Consent parse(JsonFields subscriber, Instant now) {
    JsonFields fields = subscriber.object("consent");
    if (fields == null) {
      return null;
    }
    fields.allow(FIELDS);
    String source = fields.requiredText("source");
    if (source != null) {
      DisplayName.complaint(source).ifPresent(complaint -> fields.wrong("source", complaint));
    }
    Instant at = at(fields, now);
    return source == null || at == null ? null : new Consent(source, at);
  }

  static JsonObject print(Consent consent) {
    return new JsonObject().put("source", consent.source()).put("at", consent.at().toString());
  }

  private static @Nullable Instant at(JsonFields fields, Instant now) {
    String text = fields.requiredText("at");
    if (text == null) {
      return null;
    }
    try {
      Instant at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
      if (at.isBefore(Instant.EPOCH) || at.isAfter(now.plus(CLOCK_SKEW))) {
        fields.wrong("at", "must lie in the past");
      }
      return at;
    } catch (DateTimeParseException e) {
      fields.wrong("at", "must be a time such as 2026-01-15T10:40:00Z");
      return null;
    }
  }
}
