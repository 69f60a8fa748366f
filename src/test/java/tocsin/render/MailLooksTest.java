package tocsin.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;

/** What mail readers with narrow minds make of the HTML part. */
class MailLooksTest {
  /** The most that the API takes as the words of an update. */
  private static final int LONGEST_BODY = 25_000;

  private static final Pattern PREHEADER =
      Pattern.compile("<div style=\"display:none[^>]*>(.*?)</div>");
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");

  /** Each makes more HTML of a character than the one before. */
  static Stream<String> words() {
    return Stream.of(
        "word ",
        "&\"<>'",
        "ü ",
        "👩‍🚀",
        "- a\n",
        "#a\n",
        "`a` ",
        "a\n\n",
        "***a*** ",
        "<a@b.cd> ");
  }

  @ParameterizedTest
  @MethodSource("words")
  void theLongestUpdateIsShownWholeByEveryReader(String word) {
    String body = word.repeat(LONGEST_BODY / word.length());

    Received mail = english(Updates.of(Status.MONITORING, "W".repeat(200), Text.of(body)));

    assertThat(mail.html().getBytes(UTF_8)).hasSizeLessThan(60_000);
    assertThat(mail.raw().getBytes(UTF_8)).hasSizeLessThan(100_000);
    assertThat(mail.html()).endsWith("</html>\r\n");
    assertThat(mail.parts())
        .allSatisfy(part ->
            assertThat(part).contains("/u/" + Received.TOKEN, Updates.LINK, "Read the rest"));
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void listsOfMailsShowASummaryThatStandsInTheMailToo(Status status) {
    for (String locale : new String[] {"en", "de"}) {
      String html =
          Received.of(
                  Updates.renderer()
                      .email(Updates.of(status), Updates.NAMES, locale, ZoneOffset.UTC))
              .html();
      Matcher preheader = PREHEADER.matcher(html);

      assertThat(preheader.find()).isTrue();
      assertThat(preheader.group(1)).hasSizeBetween(20, 100);
      String rest = html.substring(preheader.end());
      assertThat(List.of(preheader.group(1).split(": ", 2))).allMatch(rest::contains);
    }
  }

  @Test
  void outlookFindsItsPaddingOnCells() {
    String html = english(Updates.of(Status.SCHEDULED)).html();

    assertThat(html)
        .contains("<!--[if mso]><table role=\"presentation\" width=\"600\"")
        .contains("mso-line-height-rule: exactly", "mso-padding-alt:");
    assertThat(html.split("<!--\\[if mso\\]>", -1))
        .hasSameSizeAs(html.split("<!\\[endif\\]-->", -1));
    assertThat(html).doesNotContainPattern("<(?:div|p|h1)[^>]*padding:[1-9]");
    assertThat(html)
        .doesNotContainPattern("display:(?:flex|grid)|float:|position:|background-image");
  }

  @Test
  void darkModeIsDeclaredAndEveryInkHasItsDarkForm() {
    String html = english(Updates.of(Status.IDENTIFIED)).html();

    assertThat(html)
        .contains(
            "<meta name=\"color-scheme\" content=\"light dark\">",
            "<meta name=\"supported-color-schemes\" content=\"light dark\">",
            "@media (prefers-color-scheme: dark)");
    assertThat(Pattern.compile("<td([^>]*)color:#(?:1b2029|505a68)").matcher(html).results())
        .isNotEmpty()
        .allMatch(td -> td.group(1).contains("ink") || td.group(1).contains("soft"));
    assertThat(html).doesNotContain("#ffffff", "#000000", "#fff;", "#000;");
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void everyWordStandsOutFromItsGroundByDayAndByNight(Status status) {
    String markdown = "# One\n\nTwo [three](https://a.example/) `four`\n\n> five\n\n- six\n";
    String html = english(Updates.of(status, "Trouble", markdown.repeat(300))).html();

    List<Paint.Word> words = Paint.words(html);

    assertThat(words).hasSizeGreaterThan(20);
    assertThat(words)
        .extracting(Paint.Word::text)
        .contains("Trouble", "One", "three", "four", "five", "six");
    assertThat(words)
        .allSatisfy(word -> {
          assertThat(contrast(word.day().ink(), word.day().ground())).isGreaterThanOrEqualTo(4.5);
          assertThat(contrast(word.night().ink(), word.night().ground()))
              .isGreaterThanOrEqualTo(4.5);
        });
  }

  @Test
  void everyToneCarriesItsWord() {
    String tones = TemplateFiles.builtIn("email/_tone.html").text();

    assertThat(COLOUR.matcher(tones).results().map(MatchResult::group))
        .hasSize(6)
        .allMatch(tone -> contrast(tone, "#fefefe") >= 4.5);
  }

  @Test
  void aQuoteIsAQuoteInBothParts() {
    Received mail = english(Updates.of(Status.MONITORING, "Trouble", "> As we said."));

    assertThat(mail.html()).contains("<blockquote style=");
    assertThat(mail.text()).contains("As we said.");
  }

  /** Of WCAG 2.2. */
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static Received english(Update update) {
    return Received.of(Updates.renderer().email(update, Updates.NAMES, "en", ZoneOffset.UTC));
  }
}
