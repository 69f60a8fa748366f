package tocsin.dispatch;

import java.time.Instant;
import tocsin.audience.DeliveryId;
import tocsin.audience.Recipient;
import tocsin.delivery.Claim;
import tocsin.delivery.FrozenAudience;
import tocsin.incident.Update;

/**
 * One delivery that a lane has in hand.
 *
 * @param attempts failed attempts so far
 * @param newsSince from when its age counts
 */
record Task(
    Claim claim, FrozenAudience audience, Recipient recipient, int attempts, Instant newsSince) {

  /** Told again on purpose: what is newer does not supersede it. */
  boolean isReplay() {
    return claim instanceof Claim.OfRetry retry && retry.replay();
  }

  DeliveryId id() {
    return new DeliveryId(claim.audience(), recipient.id());
  }

  Update update() {
    return audience.update();
  }

  /** 0 goes first. */
  int priority() {
    return audience.priority();
  }
}
