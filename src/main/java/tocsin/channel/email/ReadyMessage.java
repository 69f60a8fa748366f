package tocsin.channel.email;

import jakarta.mail.Session;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** A mail whose octets are ready: nothing is composed, encoded or parsed again. */
final class ReadyMessage extends SMTPMessage {
  private final byte[] octets;

  ReadyMessage(Session session, byte[] octets) {
    super(session);
    this.octets = octets;
  }

  @Override
  public void writeTo(OutputStream out, String[] ignoredHeaders) throws IOException {
    out.write(octets);
  }
}
