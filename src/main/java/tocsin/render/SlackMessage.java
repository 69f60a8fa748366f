package tocsin.render;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tocsin.incident.Update;
import tocsin.incident.Update.Window;

/**
 * One update as a message for an incoming webhook of Slack: blocks, and a text for notifications.
 */
final class SlackMessage {
  /** Slack's limits of a header and of a section's text, in characters. */
  static final int LONGEST_HEADER = 150;

  static final int LONGEST_SECTION = 3_000;

  private static final int LONGEST_SCOPE = 40;
  private static final String NOTHING = "\u2014";
  private static final String MORE = " \u2026";
  private static final SlackNotation MRKDWN = new SlackNotation();

  private SlackMessage() {}

  static PreparedWebhook of(Draft draft) {
    JsonArray blocks =
        new JsonArray()
            .add(header(Graphemes.prefix(draft.title(), LONGEST_HEADER)))
            .add(section(MRKDWN.strong(MRKDWN.text(draft.state()))))
            .add(section(body(draft)))
            .add(section(affected(draft)))
            .add(context(facts(draft)));
    return PreparedWebhook.of(
        new JsonObject()
            .put("text", MRKDWN.text(draft.state() + ": " + draft.title()) + " " + draft.link())
            .put("blocks", blocks)
            .put("unfurl_links", false)
            .encode());
  }

  private static String body(Draft draft) {
    for (Body body = Body.of(draft.markdown(), LONGEST_SECTION); ; body = body.smaller()) {
      String written = Markdown.in(MRKDWN, body.markdown()) + (body.isCut() ? MORE : "");
      if (written.length() <= LONGEST_SECTION) {
        return written.isBlank() ? NOTHING : written;
      }
      if (body.isSmall()) {
        return MRKDWN.text(Graphemes.prefix(body.markdown(), LONGEST_SECTION / 6)) + MORE;
      }
    }
  }

  private static String affected(Draft draft) {
    String lines =
        draft.affected().stream()
            .map(line -> MRKDWN.bullet() + MRKDWN.text(Graphemes.prefix(line, LONGEST_SCOPE)))
            .collect(Collectors.joining("\n"));
    return MRKDWN.strong(MRKDWN.text(draft.say("affected"))) + "\n" + lines;
  }

  private static List<String> facts(Draft draft) {
    List<String> facts = new ArrayList<>();
    Update update = draft.update();
    Window window = update.window();
    if (window != null) {
      facts.add(draft.say("window") + " " + draft.span(window));
    }
    if (update.nextUpdateBy() != null) {
      facts.add(draft.say("nextUpdate") + " " + draft.moment(update.nextUpdateBy()));
    }
    facts.add(draft.say("posted") + " " + draft.moment(update.acceptedAt()));
    facts.replaceAll(MRKDWN::text);
    facts.add(SlackNotation.linked(MRKDWN.text(draft.view()), draft.link()));
    return facts;
  }

  private static JsonObject header(String plain) {
    JsonObject text =
        new JsonObject().put("type", "plain_text").put("text", plain).put("emoji", false);
    return new JsonObject().put("type", "header").put("text", text);
  }

  private static JsonObject section(String written) {
    return new JsonObject().put("type", "section").put("text", mrkdwn(written));
  }

  private static JsonObject context(List<String> written) {
    JsonArray elements = new JsonArray();
    written.forEach(each -> elements.add(mrkdwn(each)));
    return new JsonObject().put("type", "context").put("elements", elements);
  }

  /** Nothing in it is made a link or a mention but what is written as one. */
  private static JsonObject mrkdwn(String written) {
    return new JsonObject().put("type", "mrkdwn").put("text", written).put("verbatim", true);
  }
}
