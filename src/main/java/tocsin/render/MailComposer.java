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
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Composes a mail once, with placeholders where recipients differ. */
final class MailComposer {
  private static final Session SESSION = Session.getInstance(new Properties());

  private final MailHeaders headers;
  private final @Nullable DkimSigner signer;

  MailComposer(MailHeaders headers, @Nullable DkimSigner signer) {
    this.headers = headers;
    this.signer = signer;
  }

  PreparedEmail composed(Draft draft, Placeholders slots, String text, String html) {
    try {
      MimeMessage mime = new Composed();
      mime.setContent(new MimeMultipart("alternative", part(text, "plain"), part(html, "html")));
      headers.write(mime, draft, slots);
      mime.saveChanges();
      ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
      mime.writeTo(out);
      return new PreparedEmail(
          new SlotFinder(slots).signed(out.toString(StandardCharsets.ISO_8859_1)), signer);
    } catch (MessagingException e) {
      throw new IllegalStateException("composing " + draft.update().incident(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("composing " + draft.update().incident(), e);
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
