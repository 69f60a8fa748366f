package tocsin.channel.email;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.config.Settings;
import tocsin.config.Settings.Starttls;
import tocsin.render.MailOctets;

/** Mails and senders for tests. */
final class Mails {
  static final String FROM = "bounces@example.com";

  private Mails() {}

  static Message.Email to(String recipient) {
    return to(recipient, 1);
  }

  static Message.Email to(String recipient, int subscriber) {
    String content =
        "Subject: Trouble\r\nMessage-ID: <d1_"
            + subscriber
            + "@example.com>\r\n\r\nno.dot\r\nbye\r\n";
    return new Message.Email(
        new DeliveryId(1, subscriber),
        FROM,
        recipient,
        MailOctets.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** More than all the buffers between two sockets hold. */
  static Message.Email big() {
    byte[] content = ("x".repeat(70) + "\r\n").repeat(500_000).getBytes(StandardCharsets.UTF_8);
    return new Message.Email(new DeliveryId(1, 1), FROM, "a@example.org", MailOctets.of(content));
  }

  static SmtpSender sender(int port) {
    return sender(port, 4, InstantSource.system());
  }

  static SmtpSender sender(int port, int connections, InstantSource clock) {
    Settings.Smtp smtp =
        new Settings.Smtp("127.0.0.1", port, Starttls.OFF, null, null, connections);
    return new SmtpSender(smtp, FROM, patient(), Map.of(), clock);
  }

  static SmtpTimeouts patient() {
    return new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));
  }
}
