package tocsin.render;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Mailbox;
import tocsin.config.Settings;

/** Composes every mail once, with placeholders where recipients differ. */
final class MailComposer {
  private static final Session SESSION = Session.getInstance(new Properties());

  private final MailHeaders headers;
  private final @Nullable DkimSigner signer;

  private interface Heading {
    void write(MimeMessage mime) throws MessagingException;
  }

  private MailComposer(MailHeaders headers, @Nullable DkimSigner signer) {
    this.headers = headers;
    this.signer = signer;
  }

  static MailComposer of(Settings.Mail mail, Brand brand) {
    Settings.Dkim dkim = mail.dkim();
    return new MailComposer(
        new MailHeaders(mail, brand), dkim == null ? null : new DkimSigner(dkim));
  }

  PreparedEmail composed(
      Draft draft, Mailbox mailbox, Placeholders slots, String text, String html) {
    String mime = mime(mail -> headers.write(mail, draft, mailbox, slots), text, html);
    return new PreparedEmail(
        new SlotFinder(slots).signed(mime),
        EnumSet.complementOf(EnumSet.of(Slot.PREFERENCES)),
        signer);
  }

  PreparedEmail composed(MailNotice notice, Words words, String text, String html) {
    Placeholders slots = Placeholders.of(text + html);
    String mime = mime(mail -> headers.write(mail, notice, words, slots), text, html);
    return new PreparedEmail(
        new SlotFinder(slots).signed(mime),
        EnumSet.of(Slot.RECIPIENT, Slot.MESSAGE_ID, Slot.DATE),
        signer);
  }

  /** Octets as ISO-8859-1. */
  private static String mime(Heading heading, String text, String html) {
    try {
      MimeMessage mime = new Composed();
      mime.setContent(new MimeMultipart("alternative", part(text, "plain"), part(html, "html")));
      heading.write(mime);
      mime.saveChanges();
      ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
      mime.writeTo(out);
      return out.toString(StandardCharsets.ISO_8859_1);
    } catch (MessagingException e) {
      throw new IllegalStateException("composing a mail", e);
    } catch (IOException e) {
      throw new UncheckedIOException("composing a mail", e);
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replace("\n", "\r\n"), StandardCharsets.UTF_8.name(), subtype);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }

  /** Keeps the Message-ID that it was given. */
  private static final class Composed extends MimeMessage {
    Composed() {
      super(SESSION);
    }

    @Override
    protected void updateMessageID() {}
  }
}
