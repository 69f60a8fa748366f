package tocsin.demo;

import java.util.Locale;
import tocsin.audience.Channel;

/**
 * One thing that is not as it should be.
 *
 * @param sequence of the update; 0 where it is not known
 * @param subject the subscriber's name, or what else is wrong
 */
record Difference(Kind kind, int sequence, Channel channel, String subject) {

  /** What may be wrong. */
  enum Kind {
    /** Should have arrived and did not. */
    MISSING,
    /** Arrived and should not have. */
    UNEXPECTED,
    /** Arrived more than once. */
    DUPLICATE,
    /** The sender did not prove itself. */
    UNVERIFIED,
    /** Not in the subscriber's language. */
    LANGUAGE,
    /** A Message-ID, sid or webhook-id that was there before. */
    REPEATED_ID,
    /** The gateway's account says otherwise. */
    ACCOUNT
  }

  @Override
  public String toString() {
    return "difference kind=%s update=%d channel=%s subject=%s"
        .formatted(kind.name().toLowerCase(Locale.ROOT), sequence, channel.word(), subject);
  }
}
