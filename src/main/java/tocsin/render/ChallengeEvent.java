package tocsin.render;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** What an endpoint that nobody has vouched for is asked: to answer with the challenge. */
final class ChallengeEvent {
  private ChallengeEvent() {}

  static PreparedWebhook of(String challenge, Instant now) {
    return PreparedWebhook.of(
        new JsonObject()
            .put("type", WebhookEvent.CHALLENGE)
            .put("timestamp", now)
            .put("data", new JsonObject().put("challenge", challenge))
            .encode());
  }
}
