package tocsin.channel.sms;

import java.time.Duration;
import java.util.Locale;

/** What it comes to when a text that Twilio took failed on its way. */
public sealed interface Verdict {

  /** The number does not work. */
  record Dead() implements Verdict {}

  /** The person said STOP to the carrier. */
  record OptedOut() implements Verdict {}

  /**
   * The carrier's trouble, not the recipient's.
   *
   * @param most how often one delivery is sent again
   */
  record Again(Duration after, int most) implements Verdict {}

  /**
   * The recipient's trouble, which may pass.
   *
   * @param most so many within 14 days, and the number counts as one that does not work
   * @param again how often one delivery is sent again; may be never
   */
  record Strike(int most, Again again) implements Verdict {}

  /** Nobody gets through until an operator mends it: the content, a registration, the account. */
  record Operator() implements Verdict {}

  /** As {@link Operator}, for the recipient's country alone: carriers there do not know us. */
  record Unregistered() implements Verdict {}

  /** Nothing to be done: too late, or it may have arrived. */
  record Lost() implements Verdict {}

  /** The word in logs and metrics. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Codes that are unknown, and Twilio may add some, are soft: one more try. */
  static Verdict of(int code) {
    Again never = new Again(Duration.ZERO, 0);
    return switch (code) {
      case 30005, 30006, 21211, 21217, 21614 -> new Dead();
      case 21610 -> new OptedOut();
      case 30003 -> new Strike(5, new Again(Duration.ofMinutes(15), 1));
      case 30004 -> new Strike(3, never);
      case 30001, 30017, 30022 -> new Again(Duration.ofMinutes(2), 3);
      case 30023, 30027 -> new Again(Duration.ofDays(1), 1);
      case 30032, 30034, 30035 -> new Unregistered();
      case 30036, 30410 -> new Lost();
      case 20003,
          20005,
          21408,
          21612,
          21703,
          21704,
          21705,
          30002,
          30007,
          30018,
          30024,
          30033,
          30450 ->
          new Operator();
      default -> new Again(Duration.ofMinutes(1), 1);
    };
  }
}
