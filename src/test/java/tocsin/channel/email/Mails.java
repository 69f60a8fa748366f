package tocsin.channel.email;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.config.Settings;
import tocsin.config.Settings.SmtpTls;
import tocsin.render.MailOctets;

/** Mails and senders for tests. */
final class Mails {
  static final String FROM = "bounces@example.com";

  private Mails() {}

  static Message.Email to(String recipient) {
    return to(recipient, 1);
  }

  static Message.Email to(String recipient, int subscriber) {
    DeliveryId id = new DeliveryId(1, subscriber);
    String content =
        "Subject: Trouble\r\nMessage-ID: <" + id + "@example.com>\r\n\r\nhello\r\nbye\r\n";
    return new Message.Email(
        id, FROM, recipient, MailOctets.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** More than all the buffers between two sockets hold. */
  static Message.Email big() {
    byte[] content = ("x".repeat(70) + "\r\n").repeat(500_000).getBytes(StandardCharsets.UTF_8);
    return new Message.Email(new DeliveryId(1, 1), FROM, "a@example.org", MailOctets.of(content));
  }

  static SmtpSender sender(Vertx vertx, int port) {
    return sender(vertx, port, 4, System::nanoTime);
  }

  static SmtpSender sender(Vertx vertx, int port, int connections, LongSupplier nanos) {
    return new SmtpSender(vertx, smtp(port, connections), "example.com", patient(), nanos);
  }

  static Settings.Smtp smtp(int port, int connections) {
    return new Settings.Smtp("127.0.0.1", port, SmtpTls.OFF, null, null, connections);
  }

  static SmtpTimeouts patient() {
    return new SmtpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));
  }
}
