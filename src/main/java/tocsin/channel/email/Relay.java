package tocsin.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the mail server. Remembers how far a mail came and what was answered there;
 * upkeep (RSET, NOOP, QUIT) does not count.
 */
final class Relay extends SMTPTransport {
  private Phase phase = Phase.GREETING;
  private boolean inUpkeep;
  private @Nullable Reply reply;

  Relay(Session session) {
    super(session, null);
  }

  synchronized Phase phase() {
    return phase;
  }

  /** The answer in this phase, if one came. */
  synchronized Optional<Reply> reply() {
    return Optional.ofNullable(reply);
  }

  @Override
  protected synchronized void sendCommand(String command) throws MessagingException {
    Phase next = Phase.of(command);
    inUpkeep = next == Phase.UPKEEP;
    if (!inUpkeep) {
      phase = next;
      reply = null;
    }
    super.sendCommand(command);
  }

  @Override
  protected synchronized int readServerResponse() throws MessagingException {
    int code = super.readServerResponse();
    if (!inUpkeep && code > 0) {
      reply = Reply.of(code, getLastServerResponse());
    }
    return code;
  }
}
