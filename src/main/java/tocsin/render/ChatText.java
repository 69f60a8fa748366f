package tocsin.render;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One line for a channel of Slack or Teams that tells of no update. */
final class ChatText {
  private static final SlackNotation MRKDWN = new SlackNotation();
  private static final TeamsNotation NOTATION = new TeamsNotation();

  private ChatText() {}

  static PreparedWebhook slack(String text) {
    return PreparedWebhook.of(new JsonObject().put("text", MRKDWN.text(text)).encode());
  }

  static PreparedWebhook teams(String text) {
    JsonArray blocks = new JsonArray().add(TeamsMessage.block(NOTATION.text(text)));
    return PreparedWebhook.of(TeamsMessage.around(TeamsMessage.card(blocks, text)).encode());
  }
}
