package tocsin.channel.email;

import java.time.Duration;

/**
 * How long to wait for a mail server.
 *
 * @param connect for a connection, and again for its TLS handshake
 * @param reply for each reply, and for each part of a mail to be taken
 * @param queue for a connection that has room
 */
record SmtpTimeouts(Duration connect, Duration reply, Duration queue) {
  static final SmtpTimeouts USUAL =
      new SmtpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));
}
