package tocsin.channel.sms;

import java.util.Optional;

/** What Twilio's status callbacks say of a message. */
public final class TwilioReceipts {

  /**
   * A later word on a message.
   *
   * @param rank callbacks come in any order and more than once: a lower rank never replaces a
   *     higher one, and 5 is the last word
   */
  public record Receipt(String state, int rank) {}

  private TwilioReceipts() {}

  /** Empty for states of received messages and for those that Twilio may add. */
  public static Optional<Receipt> of(String messageStatus) {
    return rank(messageStatus).map(rank -> new Receipt(messageStatus, rank));
  }

  private static Optional<Integer> rank(String messageStatus) {
    return switch (messageStatus) {
      case "accepted", "scheduled" -> Optional.of(1);
      case "queued" -> Optional.of(2);
      case "sending" -> Optional.of(3);
      case "sent", "partially_delivered" -> Optional.of(4);
      case "delivered", "undelivered", "failed", "canceled", "read" -> Optional.of(5);
      default -> Optional.empty();
    };
  }
}
