package tocsin.dispatch;

import java.util.List;
import tocsin.audience.Recipient;
import tocsin.audience.UpdateChoice;
import tocsin.delivery.FrozenAudience;
import tocsin.delivery.Successions.Open;

/**
 * Which update somebody gets when several of one incident are there. An older one that waits yields
 * to a newer one; but what closes the incident never does, nor anything for who chose every update.
 * What does not yield goes first. Pure.
 */
final class Superseding {
  private Superseding() {}

  /** What waits. */
  enum Kind {
    NEWS,
    REPLAY
  }

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
   * Whether a newer update has to wait for an older one that is not settled. Replays keep their
   * order among themselves, and news never waits for one that nobody is just sending.
   */
  static boolean blocks(FrozenAudience older, Recipient recipient, Open open, Kind newer) {
    if (open.leased()) {
      return true;
    }
    return open.replay() ? newer == Kind.REPLAY : !yields(older, recipient);
  }
}
