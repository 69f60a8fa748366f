package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.config.Settings;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;

class EmailTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private final Renderer renderer = Updates.renderer();

  @ParameterizedTest
  @EnumSource(Status.class)
  void tellsEverythingInBothParts(Status status) {
    Received mail = english(Updates.of(status));

    for (String part : mail.parts()) {
      assertThat(part)
          .contains("Connectivity trouble", "see time-outs.")
          .contains(words("en", status))
          .contains(Updates.LINK)
          .contains("https://status.example.com/u/" + Received.TOKEN)
          .contains("https://status.example.com/preferences/" + Received.PREFERENCES)
          .contains("Thursday, 15 January 2026, 05:30 (UTC-05:00)", "2026-01-15 10:30 UTC");
    }
    assertThat(mail.text()).contains("Some customers").doesNotContain("**", "<", "&#");
    assertThat(mail.html()).contains("Some <strong>customers</strong>");
  }

  @ParameterizedTest
  @EnumSource(value = Status.class, mode = EnumSource.Mode.EXCLUDE, names = "POSTMORTEM")
  void namesWhatIsAffectedAndWhenMoreIsToldInBothParts(Status status) {
    Received mail = english(Updates.of(status));

    for (String part : mail.parts()) {
      assertThat(part)
          .contains("Web, North America, segment na-2", "All components, all regions")
          .contains("Major impact")
          .contains("Next update by", "05:40 (UTC-05:00)", "2026-01-15 10:40 UTC");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      names = {"SCHEDULED", "IN_PROGRESS", "VERIFYING", "COMPLETED"})
  void showsTheWindowOfAMaintenanceInBothParts(Status status) {
    Received mail = english(Updates.of(status));

    for (String part : mail.parts()) {
      assertThat(part).contains("05:30 (UTC-05:00)", "09:30 (UTC-05:00)", "2026-01-15 14:30 UTC");
    }
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void speaksGerman(Status status) {
    Received mail = received(Updates.of(status), "de-AT", ZoneId.of("Europe/Vienna"));

    assertThat(mail.header("Content-Language")).isEqualTo("de");
    assertThat(mail.html()).contains("<html lang=\"de\" dir=\"ltr\" ");
    for (String part : mail.parts()) {
      assertThat(part)
          .contains(words("de", status))
          .contains("Donnerstag, 15. Januar 2026, 11:30 Uhr (UTC+01:00)");
    }
  }

  @Test
  void takesTheWordsOfTheUpdateInTheRecipientsLanguage() {
    Update update =
        Updates.of(
            Status.IDENTIFIED,
            "Trouble",
            new Text(Map.of("en", "Hello", "de", "Hallo", "fr", "Bonjour")));

    assertThat(received(update, "de-CH", NEW_YORK).text()).contains("Hallo");
    assertThat(received(update, "fr", NEW_YORK).text()).contains("Bonjour", "Identified");
    assertThat(received(update, "pl", NEW_YORK).text()).contains("Hello", "Identified");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2026-03-08T06:59:00Z | America/New_York | Sunday, 8 March 2026, 01:59 (UTC-05:00)
          2026-03-08T07:00:00Z | America/New_York | Sunday, 8 March 2026, 03:00 (UTC-04:00)
          2026-10-25T00:30:00Z | Europe/Berlin    | Sunday, 25 October 2026, 02:30 (UTC+02:00)
          2026-10-25T01:30:00Z | Europe/Berlin    | Sunday, 25 October 2026, 02:30 (UTC+01:00)
          2026-01-15T20:00:00Z | Asia/Kolkata     | Friday, 16 January 2026, 01:30 (UTC+05:30)
          2026-01-15T10:30:00Z | UTC              | Thursday, 15 January 2026, 10:30 (UTC+00:00)
          """)
  void showsTheRecipientsTimeWithItsOffset(Instant accepted, ZoneId zone, String shown) {
    Update update = Updates.at(accepted, Status.MONITORING, "Trouble", Text.of("Words"));

    Received mail = received(update, "en", zone);

    assertThat(mail.parts()).allSatisfy(part -> assertThat(part).contains(shown));
  }

  @Test
  void hasTheHeadersOfANotificationAndEachOnce() throws Exception {
    Received mail = english(Updates.of(Status.IDENTIFIED));

    assertThat(mail.headerNames())
        .containsExactly(
            "Auto-Submitted",
            "Content-Language",
            "Content-Type",
            "Date",
            "Feedback-ID",
            "From",
            "In-Reply-To",
            "List-Id",
            "List-Unsubscribe",
            "List-Unsubscribe-Post",
            "MIME-Version",
            "Message-ID",
            "References",
            "Subject",
            "To",
            "X-Auto-Response-Suppress");
    assertThat(mail.mime().getFrom())
        .containsExactly(new InternetAddress("status@example.com", "Acme Status"));
    assertThat(mail.header("To")).isEqualTo(Received.RECIPIENT);
    assertThat(mail.header("Subject")).isEqualTo("Connectivity trouble");
    assertThat(mail.header("Date")).isEqualTo("Thu, 15 Jan 2026 10:30:05 +0000");
    assertThat(mail.header("Message-ID")).isEqualTo("<" + Received.ID + "@example.com>");
    assertThat(mail.header("In-Reply-To")).isEqualTo("<inc-connectivity.s3mv@example.com>");
    assertThat(mail.header("References")).isEqualTo("<inc-connectivity.s3mv@example.com>");
    assertThat(mail.header("List-Id")).isEqualTo("Acme Status <status.example.com>");
    assertThat(mail.header("List-Unsubscribe"))
        .isEqualTo("<https://status.example.com/u/" + Received.TOKEN + ">");
    assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(mail.header("X-Auto-Response-Suppress")).isEqualTo("All");
    assertThat(mail.header("Feedback-ID"))
        .isEqualTo("connectivity:identified:notification:examplecom");
  }

  @Test
  void putsThePlainPartFirstAndBothInQuotedPrintable() throws Exception {
    Received mail = english(Updates.of(Status.IDENTIFIED));

    MimeMultipart parts = (MimeMultipart) mail.mime().getContent();
    assertThat(mail.mime().isMimeType("multipart/alternative")).isTrue();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
    assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
    for (int i = 0; i < 2; i++) {
      assertThat(parts.getBodyPart(i).getHeader("Content-Transfer-Encoding"))
          .containsExactly("quoted-printable");
      assertThat(parts.getBodyPart(i).getContentType()).containsIgnoringCase("charset=utf-8");
    }
  }

  @Test
  void keepsTheSubjectThroughTheIncident() {
    for (Status status : Status.values()) {
      assertThat(english(Updates.of(status)).header("Subject")).isEqualTo("Connectivity trouble");
    }
  }

  @Test
  void cutsALongSubjectBetweenGraphemes() throws Exception {
    String family = "👨‍👩‍👧‍👦";

    Received mail = english(Updates.of(Status.IDENTIFIED, family.repeat(40), "Words"));

    String subject = mail.mime().getSubject();
    assertThat(subject).hasSizeLessThanOrEqualTo(200).endsWith("...");
    assertThat(subject.substring(0, subject.length() - 3).replace(family, "")).isEmpty();
  }

  @Test
  void isWhatAMailReaderShowsWhole() {
    Received mail =
        english(Updates.of(Status.POSTMORTEM, "Long", "Grüße & \"Zitate\". ".repeat(2000)));

    assertThat(mail.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
    assertThat(mail.raw().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(102_000);
    assertThat(mail.html()).contains("Read the rest", "/u/" + Received.TOKEN);
    assertThat(mail.text()).contains("Read the rest", "/u/" + Received.TOKEN);
  }

  @Test
  void tellsAPostmortemOfOrdinaryLengthWhole() {
    String body = "## Cause\n\n" + "A middleware failed on every server. ".repeat(270) + "Fin.";

    Received mail = english(Updates.of(Status.POSTMORTEM, "Trouble", body));

    assertThat(mail.html()).contains("Fin.").doesNotContain("Read the rest");
    assertThat(mail.text()).contains("Fin.").doesNotContain("Read the rest");
  }

  @Test
  void isReadableToEveryone() {
    String html = english(Updates.of(Status.IDENTIFIED)).html();

    assertThat(html)
        .contains("<html lang=\"en\" dir=\"ltr\" ", "<title>Connectivity trouble</title>")
        .contains("<meta name=\"color-scheme\" content=\"light dark\">")
        .containsOnlyOnce("<h1 ")
        .doesNotContain("<img", "<script", "<form", "<iframe", "http-equiv", "data:");
    assertThat(html.split("<table", -1).length)
        .isEqualTo(html.split("role=\"presentation\"", -1).length);
    assertThat(html.lastIndexOf("</style>") - html.lastIndexOf("<style>")).isBetween(1, 8000);
  }

  @Test
  void foldsPlainLinesAt78() {
    String body = "A sentence of some words. ".repeat(30) + "\n\n- " + "one item ".repeat(20);

    String text = english(Updates.of(Status.IDENTIFIED, "Word ".repeat(39), body)).text();

    assertThat(text.lines()).allMatch(line -> line.length() <= 78);
    assertThat(text).contains("\r\n  one item");
  }

  @Test
  void differsBetweenRecipientsOnlyInItsSlots() {
    PreparedEmail mail =
        renderer.email(Updates.of(Status.IDENTIFIED), Updates.NAMES, "en", ZoneOffset.UTC);

    Received one = Received.of(mail, "ann@example.org", "token-one");
    Received two = Received.of(mail, "bob@example.org", "token-two");

    assertThat(one.raw().replace("ann@", "bob@").replace("token-one", "token-two"))
        .isEqualTo(two.raw());
  }

  @Test
  void thePostalAddressOfWhoSendsStandsAtTheFoot() {
    Received mail =
        Received.of(
            Updates.renderer(Settings.Mail.from(Updates.FROM))
                .email(Updates.of(Status.IDENTIFIED), Updates.NAMES, "en", ZoneOffset.UTC));

    assertThat(mail.parts()).allSatisfy(part -> assertThat(part).contains(Updates.POSTAL));
  }

  @Test
  void takesNoTokenThatWouldNeedEscaping() {
    for (String token : new String[] {"", "a b", "a=b", "a/b", "ü", "a\r\nb", "x".repeat(76)}) {
      assertThatThrownBy(() -> new MailTokens(token, "t"))
          .as("token <%s>", token)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new MailTokens("t", token))
          .as("token <%s>", token)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Received english(Update update) {
    return received(update, "en", NEW_YORK);
  }

  private Received received(Update update, String locale, ZoneId zone) {
    return Received.of(renderer.email(update, Updates.NAMES, locale, zone));
  }

  /** What a mail in that status says in words. */
  private static String[] words(String locale, Status status) {
    Words words =
        WordsFile.parsed(
                TemplateFiles.builtIn(Words.file(locale)), locale, Set.of(), new Problems())
            .orElseThrow();
    return new String[] {words.get("status." + status.word()), words.get("lead." + status.word())};
  }
}
