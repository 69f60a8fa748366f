package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tocsin.channel.Message;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;
import tocsin.channel.email.Ports.Manner;
import tocsin.config.Secret;
import tocsin.config.Settings.Login;
import tocsin.config.Settings.SmtpTls;

/** What holds besides against a server that knows every extension we use. */
abstract class ExtendedServerSuite extends RealServerSuite {
  ExtendedServerSuite(MailServer server) {
    super(server);
  }

  @Test
  void anAddressBeyondAsciiArrives() throws Exception {
    Message.Email mail = RealMails.readdressed(RealMails.some(1).getFirst(), "jörg@example.org");

    try (SmtpSender sender = sender(Manner.FULL, SmtpTls.OFF, null)) {
      assertThat(send(sender, mail)).isInstanceOf(Sent.class);
    }

    assertArrived(List.of(mail));
  }

  @Test
  void aServerThatTellsNoLimitRefusesWhatIsTooLargeAndTakesTheNext() throws Exception {
    List<Message.Email> others = RealMails.some(2);

    try (SmtpSender sender = sender(Manner.PLAIN, SmtpTls.OFF, null)) {
      assertThat(send(sender, others.getFirst())).isInstanceOf(Sent.class);
      assertRejected(send(sender, Mails.big()), Reason.CONTENT);
      assertThat(send(sender, others.getLast())).isInstanceOf(Sent.class);
    }

    assertArrived(others);
  }

  /** And tries again soon what it was about to deliver. */
  @Test
  void aStoppedServerLosesNothing() throws Exception {
    losesNothingWhen(RunningServer::close);
  }

  @Test
  void speaksInPrivateAfterStarttls() throws Exception {
    List<Message.Email> mails = RealMails.some(40);

    try (SmtpSender sender = sender(Manner.FULL, SmtpTls.REQUIRED, null)) {
      assertThat(sendAll(sender, mails).values()).allMatch(Sent.class::isInstance);
    }

    assertArrived(mails);
  }

  @Test
  void speaksInPrivateFromTheFirstOctet() throws Exception {
    List<Message.Email> mails = RealMails.some(40);

    try (SmtpSender sender = sender(Manner.PRIVATE, SmtpTls.IMPLICIT, null)) {
      assertThat(sendAll(sender, mails).values()).allMatch(Sent.class::isInstance);
    }

    assertArrived(mails);
  }

  /**
   * @param trace of the login in the headers that the server adds, in any case
   */
  void assertLogsIn(Manner manner, String trace) throws Exception {
    List<Message.Email> mails = RealMails.some(1);
    try (SmtpSender sender = sender(manner, SmtpTls.REQUIRED, login("secret"))) {
      assertThat(sendAll(sender, mails).values()).allMatch(Sent.class::isInstance);
    }
    assertArrived(mails);
    assertThat(mailbox().mails().getFirst()).containsIgnoringCase(trace);
  }

  void assertWrongPasswordIsTheOperators(Manner manner) {
    try (SmtpSender sender = sender(manner, SmtpTls.REQUIRED, login("guess"))) {
      assertThat(send(sender, Mails.to("a@example.org")))
          .isInstanceOfSatisfying(
              Deferred.class, wrong -> assertThat(wrong.reason()).isEqualTo(Reason.OPERATOR));
    }
  }

  private static Login login(String password) {
    return new Login.Password("gateway", new Secret(password));
  }
}
