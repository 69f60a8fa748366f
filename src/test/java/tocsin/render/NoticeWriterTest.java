package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.config.Settings;
import tocsin.selfservice.NoticeKind;

class NoticeWriterTest {
  static final EndpointNotice NOTICE =
      new EndpointNotice(
          EndpointNotice.Kind.QUARANTINED,
          new EndpointNotice.Endpoint(
              54, URI.create("https://hooks.slack.com/services/T01/B02/s3cr3t9fQx"), "connection"),
          Updates.ACCEPTED,
          List.of("connectivity"),
          "en",
          ZoneOffset.UTC);

  @Test
  void saysWhichEndpointWhyAndWhatItMissed() throws Exception {
    MimeMultipart parts = (MimeMultipart) mail().getContent();

    for (int part = 0; part < 2; part++) {
      assertThat((String) parts.getBodyPart(part).getContent())
          .contains("hooks.slack.com/…9fQx", ": 54", "connection", Updates.LINK)
          .doesNotContain("s3cr3t", "T01");
    }
  }

  @Test
  void bearsTheHeadersOfEveryMailAndNoneOfAList() throws Exception {
    MimeMessage mail = mail();

    assertThat(mail.getHeader("Message-ID", null)).isEqualTo("<endpoint-event-1@example.com>");
    assertThat(mail.getHeader("Date", null)).isEqualTo("Thu, 15 Jan 2026 10:30:00 +0000");
    assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    assertThat(mail.getHeader("Feedback-ID", null)).startsWith("endpoint:quarantined:notice:");
    assertThat(mail.getHeader("List-Unsubscribe")).isNull();
    assertThat(mail.getHeader("List-Unsubscribe-Post")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.com/hook, hooks.example.com",
    "https://hooks.example.com, hooks.example.com",
    "https://hooks.example.com/in?token=0123456789abcd, hooks.example.com/…abcd"
  })
  void aShortPathIsNotShownAtAll(String url, String name) {
    assertThat(EndpointName.of(URI.create(url))).isEqualTo(name);
  }

  private static MimeMessage mail() throws Exception {
    MailOctets octets =
        Updates.notices(Settings.Mail.from(Updates.FROM))
            .mail(NOTICE, "ann@example.org", "endpoint-event-1", Updates.ACCEPTED);
    return new MimeMessage(
        Session.getInstance(new Properties()), new ByteArrayInputStream(octets.toByteArray()));
  }

  @ParameterizedTest
  @CsvSource({"en, CODE", "de, CODE", "en, KNOWN", "de, KNOWN"})
  void aTextNamesTheSenderAndTheWayOutWithinTwoSegments(String locale, NoticeKind kind) {
    PreparedSms text =
        Updates.notices(Settings.Mail.from(Updates.FROM)).text(personal(kind, locale));

    assertThat(text.text()).contains("STOP", kind == NoticeKind.CODE ? "271828" : "/preferences/");
    assertThat(text.segments()).isLessThanOrEqualTo(2);
  }

  @Test
  void aMailThatAsksForAConfirmationIsOfNoList() throws Exception {
    MimeMessage mail =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(
                Updates.notices(Settings.Mail.from(Updates.FROM))
                    .mail(
                        personal(NoticeKind.CONFIRM, "en"),
                        "ann@example.org",
                        "notice-1",
                        Updates.ACCEPTED)
                    .toByteArray()));
    MimeMultipart parts = (MimeMultipart) mail.getContent();

    assertThat(mail.getHeader("List-Unsubscribe")).isNull();
    assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
    for (int part = 0; part < 2; part++) {
      assertThat((String) parts.getBodyPart(part).getContent())
          .contains(
              "https://status.example.com/confirm/271828", "15 January 2026", "If it was not you");
    }
  }

  private static PersonalNotice personal(NoticeKind kind, String locale) {
    return new PersonalNotice(
        kind,
        "271828",
        Updates.ACCEPTED,
        Updates.ACCEPTED.plusSeconds(172_800),
        locale,
        ZoneOffset.UTC);
  }
}
