package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.incident.Status;
import tocsin.incident.Update;

class SmsTest {
  private final Renderer renderer = Updates.renderer();

  @ParameterizedTest
  @EnumSource(Status.class)
  void keepsStatusTitleAndLinkWithinTwoSegments(Status status) {
    for (String body : new String[] {"Short.", "Some words of it. ".repeat(200)}) {
      PreparedSms sms = sms(Updates.of(status, "Connectivity trouble", body), "de");

      assertThat(sms.text()).startsWith("Acme Status - ").contains("Connectivity trouble");
      assertThat(sms.text()).endsWith("\n" + Updates.LINK);
      assertThat(sms.segments()).isEqualTo(SmsSegments.count(sms.text())).isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void theLongestLinkLeavesRoomForTheRest(Status status) {
    String url = "https://" + "s".repeat(92);
    Update usual = Updates.of(status, "Connectivity trouble", "Some words of it. ".repeat(200));
    Update longest =
        new Update(
            usual.id(),
            "i".repeat(64),
            usual.title(),
            usual.sequence(),
            usual.status(),
            usual.impact(),
            usual.body(),
            usual.affects(),
            usual.nextUpdateBy(),
            usual.window(),
            usual.notifies(),
            usual.acceptedAt());
    for (String locale : new String[] {"en", "de"}) {
      PreparedSms sms =
          Updates.renderer(Updates.FROM, URI.create(url))
              .sms(longest, Updates.NAMES, locale, ZoneId.of("Asia/Kolkata"));

      assertThat(sms.text()).endsWith("/i/" + "i".repeat(64)).contains("Connectivity");
      assertThat(sms.segments()).isEqualTo(2);
    }
  }

  @Test
  void tellsThePromiseInTheRecipientsTime() {
    assertThat(sms(Updates.of(Status.IDENTIFIED), "en").text())
        .isEqualTo(
            """
            Acme Status - Identified: Connectivity trouble
            Some customers see time-outs.
            Next update by 15 Jan 16:10 UTC+5:30
            STOP to end
            https://status.example.com/i/connectivity\
            """);
  }

  @Test
  void tellsTheWindowOfAMaintenance() {
    assertThat(sms(Updates.of(Status.SCHEDULED), "de").text())
        .contains("15. Jan. 16:00 UTC+5:30 bis 15. Jan. 20:00 UTC+5:30");
  }

  @Test
  void isALinkForAPostmortem() {
    assertThat(sms(Updates.of(Status.POSTMORTEM), "en").text())
        .isEqualTo("Acme Status - Post-mortem: Connectivity trouble\nSTOP to end\n" + Updates.LINK);
  }

  @Test
  void putsTheTwinsOfTheGsmAlphabetInPlaceOfLookalikes() {
    Update update =
        Updates.of(
            Status.IDENTIFIED,
            "“Web” – slow…",
            "It’s\u00A0‘slow’ — 1\u20112\u200B„hours“\u2028`x` ½");

    PreparedSms sms = sms(update, "en");

    assertThat(sms.text())
        .contains("\"Web\" - slow...", "It's 'slow' - 1-2\"hours\" x 1/2")
        .satisfies(text -> assertThat(GsmAlphabet.covers(text)).isTrue());
  }

  @Test
  void leavesOutWhatNobodySees() {
    PreparedSms sms =
        sms(Updates.of(Status.IDENTIFIED, "A\u202Eb\u0000\u2066c", "d\u0007e\u200Ff"), "en");

    assertThat(sms.text()).contains(": Abc\ndef\n");
  }

  @ParameterizedTest
  @CsvSource({
    "en, STOP to end, 1",
    "en, STOP to end, 2",
    "en, STOP to end, 10",
    "de, STOP beendet, 1",
    "de, STOP beendet, 3"
  })
  void theWayOutAndTheLinkStayWithinAnyBudget(String locale, String wayOut, int segments) {
    PreparedSms sms =
        Updates.renderer(segments)
            .sms(
                Updates.of(Status.IDENTIFIED, "Trouble", "Some words of it. ".repeat(200)),
                Updates.NAMES,
                locale,
                ZoneId.of("UTC"));

    assertThat(sms.text()).endsWith(wayOut + "\n" + Updates.LINK);
    assertThat(sms.segments()).isEqualTo(segments);
  }

  @Test
  void cutsBetweenGraphemesAndWords() {
    String family = "👨‍👩‍👧‍👦";

    String cut =
        Updates.renderer(3)
            .sms(
                Updates.of(Status.IDENTIFIED, "T", family.repeat(40)),
                Updates.NAMES,
                "en",
                ZoneId.of("UTC"))
            .text();
    String body = cut.lines().toList().get(1);

    assertThat(body).endsWith("...");
    assertThat(body.substring(0, body.length() - 3).replace(family, "")).isEmpty();
    assertThat(sms(Updates.of(Status.IDENTIFIED, "T", "word ".repeat(200)), "en").text())
        .contains("word...");
  }

  @Test
  void shortensTheTitleWhenTheBodyIsGoneAlready() {
    PreparedSms sms = sms(Updates.of(Status.IDENTIFIED, "ж".repeat(190), "Слова"), "en");

    assertThat(sms.segments()).isEqualTo(2);
    assertThat(sms.text()).contains("жжж...").doesNotContain("Слова").endsWith(Updates.LINK);
  }

  @Test
  void aCharacterThatIsCutAwayCostsNoneOfTheRest() {
    String title = "Störung in der EU, wir prüfen die Ursache ".repeat(3) + "😀";
    String body = "Some customers in Europe see time-outs. ".repeat(3) + "😀".repeat(40);

    PreparedSms cutTitle =
        sms(Updates.of(Status.IDENTIFIED, title, "Words of it. ".repeat(20)), "en");
    PreparedSms cutBody = sms(Updates.of(Status.IDENTIFIED, "Trouble", body), "en");

    assertThat(cutTitle.text()).contains("die...\nWords of it. Words");
    assertThat(cutBody.text()).contains("time-outs. Some customers");
    for (PreparedSms sms : new PreparedSms[] {cutTitle, cutBody}) {
      assertThat(GsmAlphabet.covers(sms.text())).isTrue();
      assertThat(sms.segments()).isEqualTo(2);
      assertThat(sms.text().length()).isGreaterThan(200);
    }
  }

  @Test
  void neverCutsTheLink() {
    URI url = URI.create("https://status.example.com/" + "long/".repeat(100));

    PreparedSms sms =
        Updates.renderer(Updates.FROM, url)
            .sms(Updates.of(Status.IDENTIFIED), Updates.NAMES, "en", ZoneId.of("UTC"));

    assertThat(sms.text()).endsWith("long/i/connectivity");
    assertThat(sms.segments()).isGreaterThan(2);
  }

  private PreparedSms sms(Update update, String locale) {
    return renderer.sms(update, Updates.NAMES, locale, ZoneId.of("Asia/Kolkata"));
  }
}
