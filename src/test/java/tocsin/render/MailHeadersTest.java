package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tocsin.audience.DeliveryId;
import tocsin.audience.Mailbox;
import tocsin.config.Settings;
import tocsin.config.Settings.MailFrom;
import tocsin.incident.Status;

class MailHeadersTest {
  private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^?]+\\?[BQ]\\?[^?]*\\?=");

  @Test
  void thereIsAMailboxToLeaveByIfSomebodyReadsIt() {
    Settings.Mail mail = new Settings.Mail(Updates.FROM, "leave@example.com", null, null);

    assertThat(received(mail, "Trouble").header("List-Unsubscribe"))
        .isEqualTo(
            "<https://status.example.com/u/"
                + Received.TOKEN
                + ">, <mailto:leave+"
                + Received.TOKEN
                + "@example.com>");
  }

  @Test
  void oneClickIsPromisedForLinksOfHttpsOnly() {
    Received mail =
        Received.of(
            Updates.renderer(Updates.FROM, URI.create("http://status.example.com"))
                .email(Updates.of(Status.IDENTIFIED), Updates.NAMES, "en", ZoneOffset.UTC));

    assertThat(mail.headerNames())
        .contains("List-Unsubscribe")
        .doesNotContain("List-Unsubscribe-Post");
  }

  @Test
  void aSharedMailboxIsOfferedTheLinkAndNoOneClick() {
    Received mail =
        Received.of(
            Updates.renderer()
                .email(
                    Updates.of(Status.IDENTIFIED),
                    Updates.NAMES,
                    "en",
                    ZoneOffset.UTC,
                    Mailbox.SHARED));

    assertThat(mail.headerNames())
        .contains("List-Unsubscribe")
        .doesNotContain("List-Unsubscribe-Post");
  }

  @Test
  void oneIncidentIsOneThreadForEachPersonAndForNobodyElse() {
    PreparedEmail first = prepared(Settings.Mail.from(Updates.FROM), "Trouble");
    PreparedEmail second =
        Updates.renderer()
            .email(
                Updates.of(Status.RESOLVED, "Trouble", "Over"),
                Updates.NAMES,
                "en",
                ZoneOffset.UTC);

    String ofAnn = header(first, new DeliveryId(1, 5), "References");
    assertThat(header(second, new DeliveryId(2, 5), "References")).isEqualTo(ofAnn);
    assertThat(header(second, new DeliveryId(2, 5), "In-Reply-To")).isEqualTo(ofAnn);
    assertThat(header(second, new DeliveryId(2, 6), "References")).isNotEqualTo(ofAnn);
    assertThat(header(first, new DeliveryId(1, 5), "Message-ID"))
        .isNotEqualTo(header(second, new DeliveryId(2, 5), "Message-ID"))
        .isNotEqualTo(header(first, new DeliveryId(1, 6), "Message-ID"))
        .isEqualTo(header(first, new DeliveryId(1, 5), "Message-ID"));
  }

  @Test
  void theStreamIsTheSameForEveryMail() {
    for (String address : List.of("a@b.io", "status@a-very-long-domain.example.co.uk")) {
      String stream =
          received(Settings.Mail.from(new MailFrom(address, "Acme")), "Trouble")
              .header("Feedback-ID")
              .replaceFirst(".*:", "");
      assertThat(stream).matches("[a-z0-9]{5,15}");
      assertThat(
              received(Settings.Mail.from(new MailFrom(address, "Acme")), "Another")
                  .header("Feedback-ID"))
          .endsWith(":" + stream);
    }
  }

  @Test
  void wordsOutsideAsciiAreEncodedInPiecesOf75() throws Exception {
    String title = "Störung der Überweisungen – wir prüfen 👩‍🚀 ".repeat(5).substring(0, 198);
    String brand = "Grüße aus Äthiopien und Österreich ".repeat(3).substring(0, 99).strip();

    Received mail = received(Settings.Mail.from(new MailFrom("status@example.com", brand)), title);

    assertThat(mail.mime().getSubject()).isEqualTo(title.strip());
    assertThat(((InternetAddress) mail.mime().getFrom()[0]).getPersonal()).isEqualTo(brand);
    assertThat(ENCODED_WORD.matcher(mail.raw()).results().map(MatchResult::group))
        .hasSizeGreaterThan(5)
        .allMatch(word -> word.length() <= 75);
    assertThat(mail.header("List-Id")).endsWith(" <status.example.com>");
  }

  private static String header(PreparedEmail mail, DeliveryId id, String name) {
    String raw =
        new String(
            mail.patched("a@example.org", id, Received.tokens("t"), Updates.ACCEPTED).toByteArray(),
            StandardCharsets.US_ASCII);
    return raw.lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElseThrow();
  }

  private static Received received(Settings.Mail mail, String title) {
    return Received.of(prepared(mail, title));
  }

  private static PreparedEmail prepared(Settings.Mail mail, String title) {
    return Updates.renderer(mail)
        .email(Updates.of(Status.IDENTIFIED, title, "Words"), Updates.NAMES, "en", ZoneOffset.UTC);
  }
}
