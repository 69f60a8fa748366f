package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import tocsin.incident.Problem;
import tocsin.limit.LimitKey;
import tocsin.limit.Limits;
import tocsin.limit.Rate;

/** {@code /v1/limits}. */
public final class LimitResource implements Resource {
  private static final String DURATION =
      "must be an ISO 8601 duration from PT0.001S to P31D, such as PT1S";

  private static final String FORMS =
      "must be email, sms, webhook, recipient, email:domain:DOMAIN, sms:sender:SENDER,"
          + " webhook:host:HOST or webhook:endpoint:SUBSCRIBER, with * for every domain, sender,"
          + " host or endpoint that has no limit of its own";

  private final Limits limits;

  public LimitResource(Limits limits) {
    this.limits = limits;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "listLimits", this::list,
        "getLimit", this::get,
        "putLimit", this::put,
        "deleteLimit", this::delete);
  }

  private Future<Answer> list(Call call) {
    return limits
        .all()
        .map(all -> {
          JsonArray list = new JsonArray();
          all.forEach((key, rate) -> list.add(json(key, rate)));
          return Answer.ok(new JsonObject().put("limits", list));
        });
  }

  private Future<Answer> get(Call call) {
    String key = key(call);
    return limits
        .get(key)
        .map(rate -> Answer.ok(json(key, rate.orElseThrow(() -> none(key).exception()))));
  }

  private Future<Answer> put(Call call) {
    String key = key(call);
    Rate rate = rate(call.body());
    return limits.put(key, rate).map(Answer.ok(json(key, rate)));
  }

  private Future<Answer> delete(Call call) {
    String key = key(call);
    return limits
        .delete(key)
        .compose(was ->
            was
                ? Future.succeededFuture(new Answer.Done())
                : Future.failedFuture(none(key).exception()));
  }

  private static String key(Call call) {
    String key = call.text("key");
    if (!LimitKey.isValid(key)) {
      throw Problem.validation("key", FORMS).exception();
    }
    return key;
  }

  private static Rate rate(JsonObject body) {
    Duration per;
    try {
      per = Duration.parse(body.getString("per"));
    } catch (DateTimeParseException unreadable) {
      throw Problem.validation("per", DURATION).exception();
    }
    try {
      return new Rate(body.getInteger("permits"), per);
    } catch (IllegalArgumentException outOfBounds) {
      throw Problem.validation("per", DURATION).exception();
    }
  }

  private static Problem none(String key) {
    return Problem.notFound("there is no limit " + key);
  }

  private static JsonObject json(String key, Rate rate) {
    return new JsonObject()
        .put("key", key)
        .put("permits", rate.permits())
        .put("per", rate.per().toString());
  }
}
