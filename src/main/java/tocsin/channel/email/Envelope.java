package tocsin.channel.email;

import jakarta.mail.Address;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tocsin.channel.Message;

/** A mail and the one address it goes to, as a transport takes them. */
final class Envelope {
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\p{Cntrl}\\s<>\\u0085\\u2028\\u2029]+@[^\\p{Cntrl}\\s<>@]+");

  private final Message.Email mail;

  Envelope(Message.Email mail) {
    this.mail = mail;
  }

  /** False for what could end or extend an SMTP command. */
  boolean isAddressable() {
    return mail.recipient().length() <= 254 && ADDRESS.matcher(mail.recipient()).matches();
  }

  /** Whether every server on the way must understand RFC 6531. */
  boolean needsSmtpUtf8() {
    return !StandardCharsets.US_ASCII.newEncoder().canEncode(mail.recipient());
  }

  ReadyMessage message(Session session) {
    ReadyMessage message = new ReadyMessage(session, mail.content());
    message.setEnvelopeFrom(mail.returnPath());
    if (needsSmtpUtf8()) {
      message.setMailExtension("SMTPUTF8 BODY=8BITMIME");
    }
    return message;
  }

  /** The transport writes the low octet of each character: so each stands for an octet of UTF-8. */
  Address[] recipients() {
    InternetAddress address = new InternetAddress();
    address.setAddress(
        new String(mail.recipient().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    return new Address[] {address};
  }
}
