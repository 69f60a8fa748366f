package tocsin.render;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;

/**
 * A prepared message as somebody looks at it before it is sent.
 *
 * @param subject of a mail, else null
 * @param text the plain part of a mail; the JSON of a webhook
 */
public record Sample(@Nullable String subject, String text) {
  private static final Session SESSION = Session.getInstance(new Properties());
  private static final DeliveryId NOBODY = new DeliveryId(0, 0);

  public static Sample of(Prepared prepared) {
    return switch (prepared) {
      case PreparedEmail mail -> of(mail);
      case PreparedSms sms -> new Sample(null, sms.text());
      case PreparedWebhook event ->
          new Sample(null, new String(event.body(), StandardCharsets.UTF_8));
    };
  }

  /** Reads back what would be sent, so that nothing is shown which is not. */
  private static Sample of(PreparedEmail mail) {
    byte[] bytes =
        mail.patched(
                "somebody@example.com", NOBODY, new MailTokens("sample", "sample"), Instant.EPOCH)
            .toByteArray();
    try {
      MimeMessage message = new MimeMessage(SESSION, new ByteArrayInputStream(bytes));
      MimeMultipart parts = (MimeMultipart) message.getContent();
      String text = (String) parts.getBodyPart(0).getContent();
      return new Sample(message.getSubject(), text.replace("\r\n", "\n"));
    } catch (MessagingException e) {
      throw new IllegalStateException("a mail of ours is no mail", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
