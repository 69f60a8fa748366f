package tocsin.dispatch;

import java.util.List;
import tocsin.audience.Recipient;
import tocsin.audience.UpdateChoice;
import tocsin.delivery.FrozenAudience;

/**
 * Which update somebody gets when several of one incident are there. An older one that waits yields
 * to a newer one; but what closes the incident never does, nor anything for who chose every update.
 * What does not yield goes first. Pure.
 */
final class Superseding {
  private Superseding() {}

  /** Whether an older audience's update gives way to newer ones for this recipient. */
  static boolean yields(FrozenAudience older, Recipient recipient) {
    return !older.update().status().closes() && recipient.updates() == UpdateChoice.LATEST;
  }

  static boolean isSuperseded(
      FrozenAudience audience, Recipient recipient, List<FrozenAudience> newer) {
    return yields(audience, recipient)
        && newer.stream().anyMatch(other -> other.members().contains(recipient.id()));
  }

  /**
   * Whether a newer update has to wait for an older one that is not settled.
   *
   * @param leased somebody may be sending the older one now
   */
  static boolean blocks(FrozenAudience older, Recipient recipient, boolean leased) {
    return leased || !yields(older, recipient);
  }
}
