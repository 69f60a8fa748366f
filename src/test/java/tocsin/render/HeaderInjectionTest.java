package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMultipart;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tocsin.config.Settings;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Text;
import tocsin.incident.Update;

/** Hostile words in every field that somebody else fills stay words. */
class HeaderInjectionTest {
  private static final List<String> HOSTILE =
      List.of(
          "v\r\nBcc: victim@example.org",
          "v\nBcc: victim@example.org",
          "v\rBcc: victim@example.org",
          "v\r\n\r\n<b>another body</b>",
          "v\u0085Bcc: victim@example.org",
          "v\u2028Bcc: victim@example.org",
          "v\u2029Bcc: victim@example.org",
          "v\u0000Bcc: victim@example.org",
          "v\u000BBcc: victim@example.org\u007F",
          "v\r\n Bcc: victim@example.org",
          "v\r\n.\r\nMAIL FROM:<victim@example.org>",
          "v\n.\nMAIL FROM:<victim@example.org>",
          "v\r.\rMAIL FROM:<victim@example.org>",
          "\" <victim@example.org>, \"",
          "=?utf-8?Q?v=0D=0ABcc:_victim@example.org?=",
          "%0d%0aBcc:victim@example.org",
          "x".repeat(1200));

  /** Fills one field each. */
  enum Field {
    TITLE,
    BODY,
    COMPONENT,
    REGION,
    SEGMENT,
    BRAND,
    RECIPIENT,
    LOCALE
  }

  static Stream<Object[]> everyStringInEveryField() {
    return HOSTILE.stream()
        .flatMap(text -> Stream.of(Field.values()).map(field -> new Object[] {field, text}));
  }

  @ParameterizedTest
  @MethodSource("everyStringInEveryField")
  void isOneMailWithItsOwnHeaders(Field field, String hostile) throws Exception {
    boolean tooLong = field == Field.RECIPIENT && hostile.length() > 320;
    Received mail = mail(field, tooLong ? hostile.substring(0, 300) : hostile);

    assertThat(mail.headerNames()).hasSize(16).doesNotContain("Bcc").doesNotHaveDuplicates();
    assertThat(mail.mime().getFrom()).hasSize(1);
    assertThat(mail.header("From")).endsWith("<status@example.com>");
    assertThat(mail.header("Content-Language")).isEqualTo("en");
    assertThat(((MimeMultipart) mail.mime().getContent()).getCount()).isEqualTo(2);
    assertThat(mail.raw())
        .doesNotContainPattern("(?<!\r)\n|\r(?!\n)")
        .doesNotContainPattern("(?m)^\\.");
    assertThat(mail.lines()).allMatch(line -> line.length() <= 998);
    String headers = mail.raw().substring(0, mail.raw().indexOf("\r\n\r\n"));
    assertThat(headers)
        .doesNotContainPattern("(?im)^\\s*(?:Bcc|MAIL FROM):")
        .doesNotContainPattern("[\\p{Cc}&&[^\r\n\t]]|[\u0085\u2028\u2029]");
  }

  @Test
  void aSubjectOf1200CharactersIsCut() throws Exception {
    assertThat(mail(Field.TITLE, "x".repeat(1200)).mime().getSubject()).hasSize(200);
  }

  private static Received mail(Field field, String hostile) {
    Update like = Updates.of(Status.IDENTIFIED);
    Update update =
        new Update(
            like.id(),
            like.incident(),
            field == Field.TITLE ? hostile : like.title(),
            like.sequence(),
            like.status(),
            like.impact(),
            field == Field.BODY ? Text.of(hostile) : like.body(),
            List.of(new Scope("web", "north-america", field == Field.SEGMENT ? hostile : "na-2")),
            like.nextUpdateBy(),
            like.window(),
            true,
            like.acceptedAt());
    Names names =
        new Names(
            Map.of("web", field == Field.COMPONENT ? hostile : "Web"),
            Map.of("north-america", field == Field.REGION ? hostile : "North America"));
    String brand = field == Field.BRAND ? hostile : "Acme Status";
    return Received.of(
        Updates.renderer(new Settings.MailFrom("status@example.com", brand), Updates.URL)
            .email(update, names, field == Field.LOCALE ? hostile : "en", ZoneOffset.UTC),
        field == Field.RECIPIENT ? hostile : Received.RECIPIENT,
        Received.TOKEN);
  }
}
