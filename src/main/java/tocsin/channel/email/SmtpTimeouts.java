package tocsin.channel.email;

import java.time.Duration;

/** How long to wait for a mail server; Jakarta Mail would wait for ever. */
record SmtpTimeouts(Duration connect, Duration read, Duration write) {
  static final SmtpTimeouts USUAL =
      new SmtpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));
}
