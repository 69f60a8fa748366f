package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.Dialect;
import tocsin.config.Settings;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;

/** Messages for Slack and Teams: what they show, what they do not obey, how long they are. */
class DialectsTest {
  private static final String HOSTILE =
      "<!channel> <!here|x> <@U123> <at>Ada</at> a & b <https://evil.example|click>";

  private final Renderer renderer = Updates.renderer();

  @ParameterizedTest
  @EnumSource(Status.class)
  void slackGetsBlocksAndATextForNotifications(Status status) {
    JsonObject message = slack(Updates.of(status));

    assertThat(message.getString("text"))
        .contains("Connectivity trouble", Updates.LINK, "Major impact");
    assertThat(blocks(message))
        .extracting(block -> block.getString("type"))
        .containsExactly("header", "section", "section", "section", "context");
    assertThat(section(message, 2)).isEqualTo("Some *customers* see time-outs.");
    assertThat(section(message, 3)).contains("Web, North America, segment na-2");
    assertThat(blocks(message).getLast().encode())
        .contains("<" + Updates.LINK + "|View this")
        .contains("UTC+5:30");
  }

  @Test
  void slackSpeaksTheLanguageOfTheSubscriber() {
    assertThat(json(Dialect.SLACK, Updates.of(Status.RESOLVED), "de").encode())
        .contains("*Behoben");
  }

  @Test
  void aTestSpeaksItTooAndEscapesTheBrand() {
    Renderer hostile =
        Updates.renderer(new Settings.MailFrom("a@example.com", "<!here> *Acme*"), Updates.URL);

    String slack = test(hostile, Dialect.SLACK).getString("text");
    JsonObject card =
        test(hostile, Dialect.TEAMS)
            .getJsonArray("attachments")
            .getJsonObject(0)
            .getJsonObject("content");
    String teams = card.getJsonArray("body").getJsonObject(0).getString("text");

    assertThat(slack).startsWith("Dies ist ein Test von &lt;!here&gt;");
    assertThat(teams).startsWith("Dies ist ein Test von \\<!here\\> \\*Acme\\*");
    assertThat(card.getString("fallbackText")).startsWith("Dies ist ein Test von");
  }

  private static JsonObject test(Renderer renderer, Dialect dialect) {
    return new JsonObject(Buffer.buffer(renderer.test(dialect, 7, "de", Updates.ACCEPTED).body()));
  }

  @Test
  void slackShowsMentionsAndMakesNone() {
    JsonObject message = slack(Updates.of(Status.IDENTIFIED, HOSTILE, HOSTILE));

    assertThat(message.getString("text")).contains("&lt;!channel&gt;").doesNotContain("<!", "<@");
    assertThat(section(message, 2))
        .contains("&lt;!channel&gt;", "&lt;@U123&gt;", "a &amp; b")
        .doesNotContain("<!", "<@", "<https://evil.example|");
  }

  @Test
  void slackReadsMarkdownInItsOwnWay() {
    String markdown =
        """
        ## What *we* know

        - one **two**
        - three
          - four

        1. first
        2. second

        > quoted

        `code` and [words](https://a.example/?x=1&y=2) but [not](javascript:alert(1))

        ```
        a < b
        ```
        """;

    assertThat(Markdown.in(new SlackNotation(), markdown))
        .isEqualTo(
            """
            *What _we_ know*

            • one *two*
            • three
                • four

            1. first
            2. second

            > quoted

            `code` and <https://a.example/?x=1&amp;y=2|words> but not

            ```
            a &lt; b
            ```\
            """);
  }

  @Test
  void teamsReadsMarkdownInItsOwnWay() {
    assertThat(
            Markdown.in(
                new TeamsNotation(),
                "# Head\n\n*a* **b** `c_d` [e](https://f.example/g(h)) <at>i</at>\n\n- j\n- k"))
        .isEqualTo(
            """
            **Head**

            _a_ **b** c\\_d [e](https://f.example/g%28h%29) \\<at\\>i\\</at\\>

            - j
            - k\
            """);
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void teamsGetsACard(Status status) {
    JsonObject message = json(Dialect.TEAMS, Updates.of(status), "en");

    assertThat(message.getString("type")).isEqualTo("message");
    JsonObject attachment = message.getJsonArray("attachments").getJsonObject(0);
    assertThat(attachment.getString("contentType"))
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    JsonObject card = attachment.getJsonObject("content");
    assertThat(card.getString("type")).isEqualTo("AdaptiveCard");
    assertThat(card.getString("version")).isEqualTo("1.4");
    assertThat(card.getJsonArray("body").encode())
        .contains("Connectivity trouble", "Some **customers** see time-outs.");
    assertThat(card.getJsonArray("actions").getJsonObject(0).getString("url"))
        .isEqualTo(Updates.LINK);
  }

  @Test
  void teamsIsGivenNobodyToMention() {
    JsonObject message = json(Dialect.TEAMS, Updates.of(Status.IDENTIFIED, HOSTILE, HOSTILE), "en");

    assertThat(message.encode()).doesNotContain("entities").contains("\\\\<at\\\\>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word ",
        "&",
        "<!channel>",
        "\n\n- a\n",
        "жжж ",
        "[a](https://b.example/&&)",
        "> "
      })
  void nothingIsLongerThanItMayBe(String piece) {
    Update update =
        Updates.of(Status.IDENTIFIED, piece.strip().repeat(200), Text.of(piece.repeat(4_000)));
    JsonObject message = slack(update);

    assertThat(blocks(message).getFirst().getJsonObject("text").getString("text"))
        .hasSizeBetween(1, SlackMessage.LONGEST_HEADER);
    for (int i = 1; i < 4; i++) {
      assertThat(section(message, i)).hasSizeBetween(1, SlackMessage.LONGEST_SECTION);
    }
    assertThat(message.getString("text")).hasSizeLessThan(4_000);
    assertThat(bytes(Dialect.TEAMS, update, "en")).hasSizeLessThanOrEqualTo(28_000);
  }

  private JsonObject slack(Update update) {
    return json(Dialect.SLACK, update, "en");
  }

  private JsonObject json(Dialect dialect, Update update, String locale) {
    return new JsonObject(Buffer.buffer(bytes(dialect, update, locale)));
  }

  private byte[] bytes(Dialect dialect, Update update, String locale) {
    PreparedWebhook webhook =
        renderer.webhook(
            dialect, List.of(update), Updates.NAMES, locale, ZoneId.of("Asia/Kolkata"));
    assertThat(webhook.isPersonal()).isFalse();
    assertThat(new String(webhook.body(), StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
    return webhook.body();
  }

  private static List<JsonObject> blocks(JsonObject message) {
    JsonArray blocks = message.getJsonArray("blocks");
    return blocks.stream().map(JsonObject.class::cast).toList();
  }

  private static String section(JsonObject message, int index) {
    return blocks(message).get(index).getJsonObject("text").getString("text");
  }
}
