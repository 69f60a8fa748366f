package tocsin.render;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import tocsin.audience.Dialect;

/** What an endpoint is tried with, in the form and language that its updates have. */
final class TestMessage {
  private static final SlackNotation MRKDWN = new SlackNotation();
  private static final TeamsNotation NOTATION = new TeamsNotation();

  private TestMessage() {}

  /** Statuspage knows no test: its receivers get ours. */
  static PreparedWebhook of(Dialect dialect, int subscriber, String text, Instant now) {
    return PreparedWebhook.of(
        switch (dialect) {
          case NATIVE, STATUSPAGE -> event(subscriber, text, now).encode();
          case SLACK -> new JsonObject().put("text", MRKDWN.text(text)).encode();
          case TEAMS -> TeamsMessage.around(card(text)).encode();
        });
  }

  private static JsonObject event(int subscriber, String text, Instant now) {
    return new JsonObject()
        .put("type", WebhookEvent.TEST)
        .put("timestamp", now)
        .put("data", new JsonObject().put("subscriber", subscriber).put("text", text));
  }

  private static JsonObject card(String text) {
    return TeamsMessage.card(new JsonArray().add(TeamsMessage.block(NOTATION.text(text))), text);
  }
}
