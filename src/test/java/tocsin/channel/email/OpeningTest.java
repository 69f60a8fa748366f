package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Reason;
import tocsin.config.Settings.SmtpTls;

/** What is said to a mail server before the first mail. */
class OpeningTest {
  private final FakeWire wire = new FakeWire();
  private final List<Extensions> opened = new ArrayList<>();
  private final List<Outcome> refused = new ArrayList<>();

  @Test
  void learnsWhatTheServerOffers() {
    Opening opening = opening(SmtpTls.OFF, null);
    replies(opening, "220 hello", "250 example.org|PIPELINING|size 1000|Chunking|AUTH=LOGIN PLAIN");

    assertThat(wire.drained()).isEqualTo("EHLO client.example.com\r\n");
    Extensions offered = opened.getFirst();
    assertThat(offered.pipelining()).isTrue();
    assertThat(offered.chunking()).isTrue();
    assertThat(offered.takes(1000)).isTrue();
    assertThat(offered.takes(1001)).isFalse();
    assertThat(offered.mechanisms()).containsExactly("LOGIN", "PLAIN");
    assertThat(offered.smtpUtf8()).isFalse();
  }

  @Test
  void takesASizeOfZeroForNoLimit() {
    replies(opening(SmtpTls.OFF, null), "220 hello", "250 example.org|SIZE 0");
    assertThat(opened.getFirst().takes(Integer.MAX_VALUE)).isTrue();
  }

  @Test
  void greetsAServerThatKnowsNoEhloInTheOldWay() {
    Opening opening = opening(SmtpTls.OFF, null);
    replies(opening, "220 hello", "502 what", "250 hello");

    assertThat(wire.drained()).endsWith("HELO client.example.com\r\n");
    assertThat(opened).containsExactly(Extensions.NONE);
  }

  @Test
  void believesWhatIsOfferedOnlyUnderTls() {
    Opening opening = opening(SmtpTls.REQUIRED, null);
    replies(opening, "220 hello", "250 example.org|STARTTLS|PIPELINING", "220 go");
    assertThat(wire.isSecuring()).isTrue();
    assertThat(wire.drained()).endsWith("STARTTLS\r\n");

    opening.secured();
    assertThat(wire.drained()).isEqualTo("EHLO client.example.com\r\n");
    replies(opening, "250 example.org");
    assertThat(opened).containsExactly(Extensions.NONE);
  }

  @Test
  void goesOnWithoutTlsOnlyWhereItIsOptional() {
    Opening opening = opening(SmtpTls.OPTIONAL, null);
    replies(
        opening,
        "220 hello",
        "250 example.org|STARTTLS",
        "454 not now",
        "250 example.org|STARTTLS");

    assertThat(opened).hasSize(1);
  }

  @Test
  void saysNothingMoreWithoutTlsWhereItIsRequired() {
    Opening opening = opening(SmtpTls.REQUIRED, null);
    replies(opening, "220 hello", "250 example.org|STARTTLS", "454 not now");

    assertRefused(Reason.CONNECTION);
  }

  @Test
  void startsNoTlsInTls() {
    Opening opening = opening(SmtpTls.IMPLICIT, null);
    replies(opening, "220 hello", "250 example.org|STARTTLS");

    assertThat(opened).hasSize(1);
  }

  @Test
  void logsInWithThePasswordInOneGo() {
    Opening opening = opening(SmtpTls.OFF, new Credentials.Password("user", "pass"));
    replies(opening, "220 hello", "250 example.org|AUTH LOGIN PLAIN");
    assertThat(wire.drained()).endsWith("AUTH PLAIN " + base64("\0user\0pass") + "\r\n");

    replies(opening, "235 welcome");
    assertThat(opened).hasSize(1);
  }

  @Test
  void logsInStepByStepWhereNothingElseIsOffered() {
    Opening opening = opening(SmtpTls.OFF, new Credentials.Password("user", "pass"));
    replies(
        opening, "220 hello", "250 example.org|AUTH LOGIN", "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6");
    assertThat(wire.drained())
        .endsWith("AUTH LOGIN\r\n" + base64("user") + "\r\n" + base64("pass") + "\r\n");

    replies(opening, "235 welcome");
    assertThat(opened).hasSize(1);
  }

  @Test
  void logsInWithAToken() {
    Opening opening = opening(SmtpTls.OFF, new Credentials.Token("me@example.com", "ya29.t"));
    replies(opening, "220 hello", "250 example.org|AUTH PLAIN XOAUTH2");
    assertThat(wire.drained())
        .endsWith("AUTH XOAUTH2 " + base64("user=me@example.com\1auth=Bearer ya29.t\1\1") + "\r\n");

    replies(opening, "235 welcome");
    assertThat(opened).hasSize(1);
  }

  @Test
  void hearsOutARefusedToken() {
    Opening opening = opening(SmtpTls.OFF, new Credentials.Token("me@example.com", "old"));
    replies(opening, "220 hello", "250 example.org|AUTH XOAUTH2");
    wire.drained();

    replies(opening, "334 eyJzdGF0dXMiOiI0MDEifQ==");
    assertThat(wire.drained()).isEqualTo("\r\n");
    replies(opening, "535 5.7.8 no");
    assertRefused(Reason.OPERATOR);
  }

  @Test
  void showsNoPasswordInTheClearToAnotherMachine() {
    var terms =
        new Terms(
            "client.example.com",
            SmtpTls.OPTIONAL,
            Optional.of(new Credentials.Password("user", "pass")),
            false);
    Opening opening = new Opening(wire, terms, opened::add, refused::add);
    replies(opening, "220 hello", "250 example.org|AUTH PLAIN LOGIN");

    assertThat(wire.drained()).doesNotContain("AUTH");
    assertRefused(Reason.OPERATOR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      textBlock =
          """
          421 4.3.2 busy                                            > CONNECTION
          554 no service                                            > CONNECTION
          521 takes no mail                                         > OPERATOR
          220 hi;451 later                                          > CONNECTION
          220 hi;250 a|AUTH PLAIN;535 5.7.8 no                      > OPERATOR
          220 hi;250 a|AUTH PLAIN;454 4.7.0 later                   > CONNECTION
          220 hi;250 a|AUTH PLAIN;421 4.7.0 later                   > CONNECTION
          220 hi;250 a|AUTH CRAM-MD5                                > OPERATOR
          220 hi;250 a                                              > OPERATOR
          220 hi;250 a|AUTH PLAIN;334 more                          > OPERATOR
          """)
  void saysWhyThereIsNoConnection(String replies, Reason reason) {
    Opening opening = opening(SmtpTls.OFF, new Credentials.Password("user", "pass"));
    replies(opening, replies.split(";", -1));

    assertRefused(reason);
  }

  @Test
  void tellsNoSecretWhenItIsPrinted() {
    assertThat(new Credentials.Password("user", "pass").toString()).doesNotContain("pass");
    assertThat(new Credentials.Token("user", "ya29").toString()).doesNotContain("ya29");
    assertThat(new Credentials.Password("u", "pass").dialogue(List.of("PLAIN")).toString())
        .doesNotContain(base64("\0u\0pass"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hunter2-hunter2", "aHVudGVyMi1odW50ZXIy", "AHVzZXIAaHVudGVyMi1odW50ZXIy"})
  void tellsNoPasswordThatTheServerRepeats(String shown) {
    Opening opening = opening(SmtpTls.OFF, new Credentials.Password("user", "hunter2-hunter2"));
    replies(
        opening, "220 hi", "250 a|AUTH PLAIN", "535 5.7.8 no such login: " + shown + ", try again");

    assertRefused(Reason.OPERATOR);
    assertThat(refused.getFirst().toString()).contains("535").doesNotContain(shown);
  }

  @Test
  void tellsNoTokenThatTheServerRepeats() {
    Opening opening = opening(SmtpTls.OFF, new Credentials.Token("user", "ya29.token"));
    replies(opening, "220 hi", "250 a|AUTH XOAUTH2", "535 5.7.8 expired: ya29.token");

    assertRefused(Reason.OPERATOR);
    assertThat(refused.getFirst().toString()).contains("535").doesNotContain("ya29");
  }

  private Opening opening(SmtpTls tls, @Nullable Credentials credentials) {
    var terms = new Terms("client.example.com", tls, Optional.ofNullable(credentials), true);
    return new Opening(wire, terms, opened::add, refused::add);
  }

  /** Lines of one reply are parted by bars. */
  private static void replies(Opening opening, String... replies) {
    for (String reply : replies) {
      int code = Integer.parseInt(reply.substring(0, 3));
      opening.replied(new Reply(code, Arrays.asList(reply.substring(4).split("\\|", -1))));
    }
  }

  private void assertRefused(Reason reason) {
    assertThat(opened).isEmpty();
    assertThat(wire.isClosed()).isTrue();
    assertThat(refused)
        .singleElement()
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(reason));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
