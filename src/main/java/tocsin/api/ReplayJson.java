package tocsin.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import tocsin.delivery.Replays;
import tocsin.incident.Problem;

/** Which updates a replay is of, as the API reads it. */
final class ReplayJson {
  private ReplayJson() {}

  /** Of a body that agrees with the contract; throws a VALIDATION problem for one that is odd. */
  static Replays.Range range(JsonObject body) {
    String update = body.getString("update");
    if (update != null) {
      if (body.size() > 1) {
        throw Problem.validation("update", "stands instead of from and until").exception();
      }
      int slash = update.indexOf('/');
      return new Replays.Range.One(
          update.substring(0, slash), Integer.parseInt(update.substring(slash + 1)));
    }
    Instant from = time(body, "from");
    Instant until = time(body, "until");
    if (!from.isBefore(until)) {
      throw Problem.validation("until", "must be after from").exception();
    }
    return new Replays.Range.Between(from, until);
  }

  private static Instant time(JsonObject body, String field) {
    String text = body.getString(field);
    if (text == null) {
      throw Problem.validation(field, "is required, unless there is an update").exception();
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException none) {
      throw Problem.validation(field, "must be a time, 2026-01-15T10:40:00Z").exception();
    }
  }
}
