package tocsin.channel.email;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import tocsin.render.MailOctets;

/** A mail whose octets are ready: nothing is composed, encoded or parsed again. */
final class ReadyMessage extends SMTPMessage {
  private final MailOctets octets;

  ReadyMessage(Session session, MailOctets octets) {
    super(session);
    this.octets = octets;
  }

  @Override
  public void writeTo(OutputStream out, String[] ignoredHeaders) throws IOException {
    octets.writeTo(out);
  }
}
