package tocsin.render;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import tocsin.config.Settings;

/** Makes the mail of a notice, which is to one person and no part of a list. */
public final class NoticeMail {
  private static final Session SESSION = Session.getInstance(new Properties());
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Templates templates;
  private final Settings.MailFrom from;
  private final Brand brand;

  public NoticeMail(Templates templates, Settings.MailFrom from, URI publicUrl) {
    this.templates = templates;
    this.from = from;
    this.brand = Brand.of(from, publicUrl);
  }

  /**
   * @param recipient an address as its server takes it
   * @param id of the message, unique, without the domain
   */
  public MailOctets of(Notice notice, String recipient, String id, Instant now) {
    Words words = templates.words(notice.locale());
    var model = notice.model(brand, words);
    try {
      MimeMessage mime = new Composed();
      mime.setContent(
          new MimeMultipart(
              "alternative",
              part(templates.notice(Form.EMAIL_TEXT).render(model), "plain"),
              part(templates.notice(Form.EMAIL_HTML).render(model), "html")));
      String sender = SafeText.line(from.address());
      mime.setFrom(new InternetAddress(sender, brand.name(), UTF_8));
      mime.setSubject(SafeText.line(notice.heading(words)), UTF_8);
      mime.setSentDate(Date.from(now));
      mime.setHeader("To", SafeText.line(recipient));
      mime.setHeader(
          "Message-ID", "<" + id + "@" + sender.substring(sender.lastIndexOf('@') + 1) + ">");
      mime.setHeader("Auto-Submitted", "auto-generated");
      mime.setHeader("X-Auto-Response-Suppress", "All");
      mime.setHeader("Content-Language", words.tag());
      mime.saveChanges();
      ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
      mime.writeTo(out);
      return MailOctets.of(
          out.toString(StandardCharsets.ISO_8859_1)
              .replace("\r\n.", "\r\n=2E")
              .getBytes(StandardCharsets.ISO_8859_1));
    } catch (MessagingException e) {
      throw new IllegalStateException("composing notice " + id, e);
    } catch (IOException e) {
      throw new UncheckedIOException("composing notice " + id, e);
    }
  }

  private static MimeBodyPart part(String text, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text.replace("\n", "\r\n"), UTF_8, subtype);
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
