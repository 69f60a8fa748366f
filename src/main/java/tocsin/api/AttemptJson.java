package tocsin.api;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tocsin.delivery.EndpointHealth;
import tocsin.delivery.LoggedAttempt;

/** What is shown of endpoints and of attempts at them. */
final class AttemptJson {
  private AttemptJson() {}

  static JsonObject print(EndpointHealth health) {
    return present(
        new JsonObject()
            .put("state", health.state().word())
            .put("since", health.since())
            .put("failures", health.failures())
            .put("lastSuccessAt", health.lastSuccessAt())
            .put("lastFailureAt", health.lastFailureAt())
            .put("lastFailure", health.lastFailure())
            .put("throttledUntil", health.throttledUntil()));
  }

  /** As in a list: without the request's body. */
  static JsonObject print(LoggedAttempt attempt) {
    JsonObject json = withoutId(attempt);
    return new JsonObject()
        .put("id", attempt.id().toString())
        .put("delivery", attempt.delivery().toString())
        .mergeIn(json);
  }

  static JsonObject printWhole(LoggedAttempt attempt) {
    return withBody(print(attempt), attempt);
  }

  private static JsonObject withBody(JsonObject json, LoggedAttempt attempt) {
    JsonObject request = json.getJsonObject("request");
    if (request != null && attempt.requestBody() != null) {
      request.put("body", attempt.requestBody());
    }
    return json;
  }

  /** Of a test, which no log has. */
  static JsonObject ofTest(LoggedAttempt attempt) {
    return withBody(withoutId(attempt), attempt);
  }

  private static JsonObject withoutId(LoggedAttempt attempt) {
    return present(
        new JsonObject()
            .put("at", attempt.at())
            .put("took", attempt.took().toString())
            .put("outcome", attempt.outcome())
            .put("reason", attempt.reason())
            .put("detail", attempt.detail())
            .put("request", request(attempt))
            .put("response", response(attempt)));
  }

  private static @Nullable JsonObject request(LoggedAttempt attempt) {
    String headers = attempt.requestHeaders();
    return headers == null ? null : new JsonObject().put("headers", new JsonObject(headers));
  }

  private static @Nullable JsonObject response(LoggedAttempt attempt) {
    return attempt.status() == null
        ? null
        : new JsonObject()
            .put("status", attempt.status())
            .put(
                "headers",
                new JsonObject(Objects.requireNonNullElse(attempt.responseHeaders(), "{}")))
            .put("body", Objects.requireNonNullElse(attempt.responseBody(), ""));
  }

  private static JsonObject present(JsonObject json) {
    json.getMap().values().removeIf(Objects::isNull);
    return json;
  }
}
