package tocsin.render;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tocsin.incident.Update;
import tocsin.incident.Update.Window;

/** One update as an Adaptive Card for the incoming webhook of a Teams workflow. */
final class TeamsMessage {
  /** Teams takes 28 kB with what it wraps around; bytes. */
  static final int MOST = 24_000;

  private static final int LONGEST_SCOPE = 100;
  private static final String MORE = " \u2026";
  private static final TeamsNotation NOTATION = new TeamsNotation();

  private TeamsMessage() {}

  static PreparedWebhook of(Draft draft) {
    for (Body body = draft.body(); ; body = body.smaller()) {
      String json = around(card(draft, body)).encode();
      if (body.isSmall() || json.getBytes(StandardCharsets.UTF_8).length <= MOST) {
        return PreparedWebhook.of(json);
      }
    }
  }

  /** The message that a card is posted in. */
  static JsonObject around(JsonObject card) {
    JsonObject attachment =
        new JsonObject()
            .put("contentType", "application/vnd.microsoft.card.adaptive")
            .putNull("contentUrl")
            .put("content", card);
    return new JsonObject()
        .put("type", "message")
        .put("attachments", new JsonArray().add(attachment));
  }

  private static JsonObject card(Draft draft, Body body) {
    String words = Markdown.in(NOTATION, body.markdown()) + (body.isCut() ? MORE : "");
    JsonArray blocks =
        new JsonArray()
            .add(block(NOTATION.text(draft.title())).put("size", "Large").put("weight", "Bolder"))
            .add(block(NOTATION.text(draft.state())).put("color", color(draft)))
            .add(block(words))
            .add(new JsonObject().put("type", "FactSet").put("facts", facts(draft)));
    JsonObject open =
        new JsonObject()
            .put("type", "Action.OpenUrl")
            .put("title", draft.view())
            .put("url", draft.link());
    return card(blocks, draft.state() + ": " + draft.title() + " " + draft.link())
        .put("actions", new JsonArray().add(open));
  }

  /**
   * @param fallback for who cannot show cards
   */
  static JsonObject card(JsonArray blocks, String fallback) {
    return new JsonObject()
        .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
        .put("type", "AdaptiveCard")
        .put("version", "1.4")
        .put("fallbackText", fallback)
        .put("msteams", new JsonObject().put("width", "Full"))
        .put("body", blocks);
  }

  static JsonObject block(String written) {
    return new JsonObject().put("type", "TextBlock").put("text", written).put("wrap", true);
  }

  private static String color(Draft draft) {
    return switch (Tone.of(draft.update())) {
      case ALARM -> "Attention";
      case WARNING -> "Warning";
      case CALM -> "Good";
      case NOTICE -> "Accent";
      case QUIET, REFLECTION -> "Default";
    };
  }

  private static JsonArray facts(Draft draft) {
    Update update = draft.update();
    Window window = update.window();
    String scopes =
        draft.affected().stream()
            .map(line -> Graphemes.prefix(line, LONGEST_SCOPE))
            .collect(Collectors.joining("; "));
    JsonArray facts = new JsonArray().add(fact(draft.say("affected"), scopes));
    if (window != null) {
      facts.add(fact(draft.say("window"), draft.span(window)));
    }
    if (update.nextUpdateBy() != null) {
      facts.add(fact(draft.say("nextUpdate"), draft.moment(update.nextUpdateBy())));
    }
    return facts.add(fact(draft.say("posted"), draft.moment(update.acceptedAt())));
  }

  private static JsonObject fact(String title, String value) {
    return new JsonObject().put("title", title).put("value", NOTATION.text(value));
  }
}
