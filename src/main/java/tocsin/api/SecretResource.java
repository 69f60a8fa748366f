package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import tocsin.audience.RotatedSecret;
import tocsin.audience.SecretRotation;
import tocsin.incident.Problem;

/** {@code /v1/subscribers/{subscriber}/secret}. */
public final class SecretResource implements Resource {
  private static final String USUAL = "PT24H";
  private static final Duration LONGEST = Duration.ofDays(7);

  private final SecretRotation rotation;

  public SecretResource(SecretRotation rotation) {
    this.rotation = rotation;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("rotateSecret", this::rotate);
  }

  private Future<Answer> rotate(Call call) {
    JsonObject body = call.body();
    return rotation
        .rotate(
            call.number("subscriber"),
            body.getString("secret"),
            overlap(body.getString("overlap", USUAL)))
        .map(rotated -> Answer.ok(print(rotated)).with("Cache-Control", "no-store"));
  }

  private static Duration overlap(String text) {
    try {
      Duration overlap = Duration.parse(text);
      if (!overlap.isNegative() && overlap.compareTo(LONGEST) <= 0) {
        return overlap;
      }
    } catch (DateTimeParseException notADuration) {
      // said below
    }
    throw Problem.validation(
            "overlap", "must be an ISO 8601 duration from PT0S to P7D, such as " + USUAL)
        .exception();
  }

  private static JsonObject print(RotatedSecret rotated) {
    JsonObject json =
        new JsonObject()
            .put("secret", rotated.secret())
            .put("previousUntil", rotated.previousUntil().toString());
    return rotated.publicKey() == null ? json : json.put("publicKey", rotated.publicKey());
  }
}
