package tocsin.render;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import tocsin.audience.DeliveryId;

/** A mail as its recipient's program reads it. */
record Received(MimeMessage mime, String raw, String text, String html) {
  static final String RECIPIENT = "ann@example.org";
  static final DeliveryId ID = new DeliveryId(7, 4711);
  static final String TOKEN = "Tok_en-1.2~3";
  static final String PREFERENCES = "Pre_f-4.5~6";

  static Received of(PreparedEmail mail) {
    return of(mail, RECIPIENT, TOKEN);
  }

  static Received of(PreparedEmail mail, String recipient, String token) {
    byte[] octets =
        mail.patched(recipient, ID, tokens(token), Updates.ACCEPTED.plusSeconds(5)).toByteArray();
    try {
      MimeMessage mime =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(octets));
      MimeMultipart parts = (MimeMultipart) mime.getContent();
      return new Received(
          mime,
          new String(octets, StandardCharsets.UTF_8),
          (String) parts.getBodyPart(0).getContent(),
          (String) parts.getBodyPart(1).getContent());
    } catch (MessagingException | IOException e) {
      throw new AssertionError(e);
    }
  }

  static MailTokens tokens(String unsubscribe) {
    return new MailTokens(unsubscribe, PREFERENCES);
  }

  /** The text of both; where a line may not break is left out. */
  List<String> parts() {
    return List.of(text, html.replaceAll("</?span[^>]*>", ""));
  }

  /** The only value of that header. */
  String header(String name) {
    try {
      String[] values = mime.getHeader(name);
      if (values == null || values.length != 1) {
        throw new AssertionError("not exactly one " + name);
      }
      return values[0];
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  List<String> headerNames() {
    try {
      return Collections.list(mime.getAllHeaders()).stream()
          .map(h -> h.getName())
          .sorted()
          .toList();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  List<String> lines() {
    return List.of(raw.split("\r\n", -1));
  }
}
