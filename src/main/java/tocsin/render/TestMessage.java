package tocsin.render;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import tocsin.audience.Dialect;

/** What an endpoint is tried with, in the form and language that its updates have. */
final class TestMessage {
  private TestMessage() {}

  /** Statuspage knows no test: its receivers get ours. */
  static PreparedWebhook of(Dialect dialect, int subscriber, String text, Instant now) {
    return switch (dialect) {
      case NATIVE, STATUSPAGE -> PreparedWebhook.of(event(subscriber, text, now).encode());
      case SLACK -> ChatText.slack(text);
      case TEAMS -> ChatText.teams(text);
    };
  }

  private static JsonObject event(int subscriber, String text, Instant now) {
    return new JsonObject()
        .put("type", WebhookEvent.TEST)
        .put("timestamp", now)
        .put("data", new JsonObject().put("subscriber", subscriber).put("text", text));
  }
}
