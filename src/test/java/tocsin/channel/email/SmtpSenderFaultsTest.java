package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.channel.email.ScriptedServer.CUT;
import static tocsin.channel.email.ScriptedServer.SILENCE;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.LogLines;
import tocsin.Loopback;
import tocsin.channel.Outcome;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Rejected;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.ProviderWatch;
import tocsin.channel.Reason;
import tocsin.config.Secret;
import tocsin.config.Settings;
import tocsin.config.Settings.Login;
import tocsin.config.Settings.SmtpTls;

/** Against a server that fails in every way it can. */
class SmtpSenderFaultsTest {
  private static final Vertx VERTX = Vertx.vertx();

  private ScriptedServer server;
  private final AtomicLong nanos = new AtomicLong();

  @AfterAll
  static void closeVertx() {
    VERTX.close().await();
  }

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING | 421 4.3.2 closing                | CONNECTION
          GREETING | 554 not now                      | CONNECTION
          EHLO     | 421 4.3.2 closing                | CONNECTION
          MAIL     | 421 4.3.2 closing                | UNAVAILABLE
          MAIL     | 451 4.3.0 trouble                | UNAVAILABLE
          MAIL     | 530 5.7.0 authenticate first     | OPERATOR
          RCPT     | 421 4.3.2 closing                | UNAVAILABLE
          RCPT     | 450 4.2.1 mailbox busy           | RECIPIENT_UNAVAILABLE
          RCPT     | 451 4.7.1 greylisted             | RECIPIENT_UNAVAILABLE
          RCPT     | 452 4.3.1 no room                | UNAVAILABLE
          DATA     | 421 4.3.2 closing                | UNAVAILABLE
          DATA     | 451 4.3.0 trouble                | UNAVAILABLE
          .        | 421 4.3.2 closing                | UNAVAILABLE
          .        | 421 4.7.28 rate limit            | THROTTLED
          .        | 452 4.3.1 no room                | UNAVAILABLE
          """)
  void defersOnATemporaryReply(String verb, String reply, Reason reason) {
    server.answering(verb, reply);

    assertDeferred(send("a@example.org"), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAIL | 552 5.3.4 too big             | CONTENT
          RCPT | 550 5.1.1 user unknown        | ADDRESS
          RCPT | 550 5.7.1 blocked             | POLICY
          RCPT | 553 5.6.7 needs SMTPUTF8      | CAPABILITY
          RCPT | 555 unknown parameter         | REQUEST
          DATA | 554 no valid recipients       | POLICY
          .    | 552 5.3.4 too big             | CONTENT
          .    | 550 5.7.26 unauthenticated    | POLICY
          """)
  void rejectsOnALastingReply(String verb, String reply, Reason reason) {
    server.answering(verb, reply);

    assertThat(send("a@example.org"))
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(reason);
              assertThat(rejected.detail()).isEqualTo(reply);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA"})
  void defersWhenTheConnectionIsCutBeforeTheFinalDot(String verb) {
    server.answering(verb, CUT);
    if (verb.equals("EHLO")) {
      server.answering("HELO", CUT);
    }

    assertDeferred(send("a@example.org"), Reason.CONNECTION);
  }

  @Test
  void defersWhenTheConnectionIsCutInTheMiddleOfTheContent() {
    server.answering("CONTENT", CUT);

    try (SmtpSender sender = Mails.sender(VERTX, server.port())) {
      assertDeferred(sender.send(Mails.big()).await(), Reason.CONNECTION);
    }
  }

  @Test
  void givesAServerThatDoesNotReadOnlySoMuchTime() {
    server.answering("CONTENT", SILENCE);
    SmtpTimeouts impatient =
        new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(10));

    try (SmtpSender sender = sender("127.0.0.1", SmtpTls.OFF, null, impatient)) {
      assertDeferred(sender.send(Mails.big()).await(), Reason.TIMEOUT);
    }
  }

  @Test
  void doesNotKnowWhatBecameOfAMailWhenTheConnectionIsCutAfterTheFinalDot() {
    server.answering(".", CUT);

    assertDeferred(send("a@example.org"), Reason.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA"})
  void givesASilentServerOnlySoMuchTime(String verb) {
    server.answering(verb, SILENCE);

    assertDeferred(sendImpatiently("a@example.org"), Reason.TIMEOUT);
  }

  @Test
  void doesNotKnowWhatBecameOfAMailWhenTheServerIsSilentAfterTheFinalDot() {
    server.answering(".", SILENCE);

    assertDeferred(sendImpatiently("a@example.org"), Reason.UNKNOWN);
  }

  @Test
  void defersWhenNobodyListensAndTellsTheOperator() {
    int port = Loopback.freePort();
    try (SmtpSender sender = Mails.sender(VERTX, port);
        LogLines log = LogLines.of(ProviderWatch.class)) {
      assertDeferred(sender.send(Mails.to("a@example.org")).await(), Reason.CONNECTION);
      assertDeferred(sender.send(Mails.to("b@example.org")).await(), Reason.CONNECTION);

      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("address=127.0.0.1:" + port, "reason=connection", "Connection refused")
          .doesNotContain("example.org");
    }
  }

  @Test
  void defersWhenTheServerHasNoName() {
    try (SmtpSender sender = sender("no-such-host.invalid", SmtpTls.OFF, null, Mails.patient())) {
      assertDeferred(sender.send(Mails.to("a@example.org")).await(), Reason.CONNECTION);
    }
  }

  @Test
  void sendsNothingInTheClearWhereTlsIsRequired() {
    try (SmtpSender sender = sender("127.0.0.1", SmtpTls.REQUIRED, null, Mails.patient());
        LogLines log = LogLines.of(ProviderWatch.class)) {
      assertDeferred(sender.send(Mails.to("a@example.org")).await(), Reason.CONNECTION);
      assertThat(log.lines()).singleElement().asString().contains("does not offer STARTTLS");
    }
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void waitsForTheOperatorWhenTheLoginFails() {
    server.answering("EHLO", "250-scripted\r\n250 AUTH PLAIN").answering("AUTH", "535 5.7.8 no");

    try (SmtpSender sender = sender("127.0.0.1", SmtpTls.OFF, "tocsin", Mails.patient())) {
      assertDeferred(sender.send(Mails.to("a@example.org")).await(), Reason.OPERATOR);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@example.org\r\nRCPT TO:<b@example.org>",
        "a@example.org> SIZE=1 <b@example.org",
        "a b@example.org",
        "a",
        "@",
        ""
      })
  void letsNoAddressBecomeACommand(String address) {
    assertThat(send(address))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(Reason.ADDRESS));
    assertThat(server.commands()).isEmpty();
  }

  @Test
  void rejectsAnAddressInUnicodeWhereTheServerCannotTakeIt() {
    assertThat(send("jörg@example.org"))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(Reason.CAPABILITY));
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void asksForSmtpUtf8OnlyWhereAnAddressNeedsIt() {
    server.answering("EHLO", "250-scripted\r\n250-8BITMIME\r\n250 SMTPUTF8");

    try (SmtpSender sender = Mails.sender(VERTX, server.port())) {
      assertThat(sender.send(Mails.to("jörg@example.org")).await()).isInstanceOf(Sent.class);
      assertThat(sender.send(Mails.to("a@example.org")).await()).isInstanceOf(Sent.class);
    }
    assertThat(server.commands())
        .containsSubsequence(
            List.of(
                "MAIL FROM:<bounces@example.com> SMTPUTF8",
                "RCPT TO:<jörg@example.org>",
                "MAIL FROM:<bounces@example.com>",
                "RCPT TO:<a@example.org>"));
  }

  @Test
  void usesAConnectionAgain() {
    try (SmtpSender sender = Mails.sender(VERTX, server.port())) {
      for (int i = 0; i < 5; i++) {
        assertThat(sender.send(Mails.to("a@example.org")).await()).isEqualTo(new Sent("4ZqWx1"));
      }
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void keepsTheConnectionAfterARefusedRecipient() {
    server.answering("RCPT", "550 5.1.1 user unknown");
    try (SmtpSender sender = Mails.sender(VERTX, server.port(), 1, nanos::get)) {
      sender.send(Mails.to("a@example.org")).await();
      server.answering("RCPT", "250 ok");

      assertThat(sender.send(Mails.to("b@example.org")).await()).isInstanceOf(Sent.class);
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void dropsAConnectionThatWasClosedWithA421() {
    server.answering("RCPT", "421 4.3.2 closing");
    try (SmtpSender sender = Mails.sender(VERTX, server.port())) {
      sender.send(Mails.to("a@example.org")).await();
      server.answering("RCPT", "250 ok");

      assertThat(sender.send(Mails.to("b@example.org")).await()).isInstanceOf(Sent.class);
    }
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void opensAnotherConnectionWhenTheServerHungUpWhileItRested() {
    server.hangingUpAfter(1);
    try (SmtpSender sender = Mails.sender(VERTX, server.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(sender.send(Mails.to("a@example.org")).await()).isInstanceOf(Sent.class);
      }
    }
    assertThat(server.connections()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"MAIL,2", "MAIL,7", "RCPT,2", "RCPT,7", "DATA,2", "DATA,7", "REST,1", "REST,6"})
  void sendsEachOnceThoughConnectionsEndAmongThem(String verb, int times) {
    server.closingAt(verb, times);

    assertThat(sendTogether(30)).hasSize(30).allMatch(Sent.class::isInstance);

    assertThat(server.contents()).hasSize(30).doesNotHaveDuplicates();
    assertThat(server.connections()).isGreaterThan(30 / times - 2);
  }

  @Test
  void defersOnlyTheOnesWhoseContentWasAnsweredWithGoodbye() {
    server.closingAt(".", 3);

    List<Outcome> outcomes = sendTogether(30);

    assertThat(outcomes).hasSize(30).filteredOn(Sent.class::isInstance).hasSize(20);
    assertThat(outcomes)
        .filteredOn(Deferred.class::isInstance)
        .hasSize(10)
        .allSatisfy(outcome -> assertDeferred(outcome, Reason.UNAVAILABLE));
    assertThat(server.contents()).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void endsEachThatWaitsWhenAServerOnlySaysGoodbye() {
    server.answering("GREETING", "421 4.3.2 closing");

    assertThat(sendTogether(30))
        .hasSize(30)
        .allSatisfy(outcome -> assertDeferred(outcome, Reason.CONNECTION));
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
  }

  @Test
  void doesNotTrustAConnectionThatRestedLong() {
    try (SmtpSender sender = Mails.sender(VERTX, server.port(), 4, nanos::get)) {
      sender.send(Mails.to("a@example.org")).await();
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());

      assertThat(sender.send(Mails.to("a@example.org")).await()).isInstanceOf(Sent.class);
    }
    assertThat(server.connections()).isEqualTo(2);
  }

  private Outcome send(String recipient) {
    try (SmtpSender sender = Mails.sender(VERTX, server.port())) {
      return sender.send(Mails.to(recipient)).await();
    }
  }

  /** Over one connection at a time. */
  private List<Outcome> sendTogether(int mails) {
    try (SmtpSender sender = Mails.sender(VERTX, server.port(), 1, System::nanoTime)) {
      List<Future<Outcome>> sending =
          IntStream.rangeClosed(1, mails)
              .mapToObj(number -> sender.send(Mails.to("a@example.org", number)))
              .toList();
      return sending.stream().map(each -> each.await()).toList();
    }
  }

  private Outcome sendImpatiently(String recipient) {
    SmtpTimeouts impatient =
        new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofMillis(300), Duration.ofSeconds(10));
    try (SmtpSender sender = sender("127.0.0.1", SmtpTls.OFF, null, impatient)) {
      return sender.send(Mails.to(recipient)).await();
    }
  }

  private SmtpSender sender(
      String host, SmtpTls tls, @Nullable String user, SmtpTimeouts timeouts) {
    Login login = user == null ? null : new Login.Password(user, new Secret("secret"));
    Settings.Smtp smtp = new Settings.Smtp(host, server.port(), tls, null, login, 1);
    return new SmtpSender(VERTX, smtp, "example.com", timeouts, System::nanoTime);
  }

  private static void assertDeferred(Outcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Deferred.class, deferred -> assertThat(deferred.reason()).isEqualTo(reason));
  }
}
