package tocsin.dispatch;

import tocsin.audience.DeliveryId;
import tocsin.audience.Recipient;
import tocsin.delivery.Claim;
import tocsin.incident.Update;

/**
 * One delivery that a lane has in hand.
 *
 * @param attempts failed attempts so far
 */
record Task(Claim claim, Update update, Recipient recipient, int attempts) {
  DeliveryId id() {
    return new DeliveryId(claim.audience(), recipient.id());
  }
}
