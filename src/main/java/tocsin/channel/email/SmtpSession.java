package tocsin.channel.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import tocsin.config.Secret;
import tocsin.config.Settings;

/** How to reach and greet the mail server. */
final class SmtpSession {
  private final Settings.Smtp smtp;
  private final Session session;

  /**
   * @param watch cuts writes that take too long
   * @param extra further properties of the session
   */
  SmtpSession(
      Settings.Smtp smtp,
      String envelopeFrom,
      SmtpTimeouts timeouts,
      ScheduledExecutorService watch,
      Map<String, Object> extra) {
    Properties properties = new Properties();
    set(properties, "from", envelopeFrom);
    set(properties, "localhost", envelopeFrom.substring(envelopeFrom.lastIndexOf('@') + 1));
    set(properties, "auth", String.valueOf(smtp.username() != null));
    set(properties, "starttls.enable", String.valueOf(smtp.starttls() != Settings.Starttls.OFF));
    set(
        properties,
        "starttls.required",
        String.valueOf(smtp.starttls() == Settings.Starttls.REQUIRED));
    set(properties, "ssl.checkserveridentity", "true");
    set(properties, "connectiontimeout", millis(timeouts.connect()));
    set(properties, "timeout", millis(timeouts.read()));
    set(properties, "writetimeout", millis(timeouts.write()));
    set(properties, "quitwait", "false");
    set(properties, "socketFactory.fallback", "false");
    properties.put("mail.smtp.socketFactory", new NoDelaySockets());
    properties.put("mail.smtp.executor.writetimeout", watch);
    properties.putAll(extra);
    this.smtp = smtp;
    this.session = Session.getInstance(properties);
  }

  Session session() {
    return session;
  }

  Relay relay() {
    return new Relay(session);
  }

  void connect(Relay relay) throws MessagingException {
    relay.connect(smtp.host(), smtp.port(), smtp.username(), revealed(smtp.password()));
  }

  private static void set(Properties properties, String name, String value) {
    properties.setProperty("mail.smtp." + name, value);
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }

  private static @Nullable String revealed(@Nullable Secret secret) {
    return secret == null ? null : secret.value();
  }
}
