package tocsin.channel.email;

import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;

/**
 * An open connection between two mails.
 *
 * @param mails how many it has carried
 */
record Connection(Relay relay, Instant openedAt, Instant restsSince, int mails) {
  /** Shorter than servers wait for a next mail. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(20);

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);
  private static final int MOST_MAILS = 1000;

  boolean isSpent(Instant now) {
    return mails >= MOST_MAILS
        || restsSince.plus(LONGEST_REST).isBefore(now)
        || openedAt.plus(LONGEST_LIFE).isBefore(now);
  }

  Connection afterMail(Instant now) {
    return new Connection(relay, openedAt, now, mails + 1);
  }

  /** Says goodbye if it can, and lets go of the socket in any case. */
  void close() {
    try {
      relay.close();
    } catch (MessagingException alreadyBroken) {
      // the transport has dropped the socket by then
    }
  }
}
