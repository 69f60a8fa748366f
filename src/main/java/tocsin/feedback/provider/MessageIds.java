package tocsin.feedback.provider;

import java.util.Optional;
import tocsin.audience.DeliveryId;

/** Finds the mail that a Message-ID of ours belongs to. */
final class MessageIds {
  private MessageIds() {}

  /**
   * @param id with or without angle brackets; anything
   */
  static Optional<DeliveryId> delivery(String id) {
    String bare = id.strip().replaceAll("^<|>$", "");
    int at = bare.indexOf('@');
    return DeliveryId.parse(at < 0 ? bare : bare.substring(0, at)).filter(DeliveryId::isOfAnUpdate);
  }
}
