package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tocsin.channel.Message;
import tocsin.channel.Outcome.Sent;
import tocsin.channel.Reason;
import tocsin.channel.email.Ports.Manner;
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
}
