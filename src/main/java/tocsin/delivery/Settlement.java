package tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Standing;
import tocsin.channel.Reason;

/**
 * What became of one recipient for now: final, or deferred until it is due again.
 *
 * @param attempts failed attempts so far, and the one that succeeded
 * @param detail the provider's id of what was sent, else the reason and the provider's words
 * @param due when a deferred one is tried again; null for a final state
 * @param waitsFor the limit that a deferred one waits for; null if it waits for its time
 * @param reason why it is not sent; null if it is, or was settled without trying
 * @param standing what the subscriber becomes by it; null if nothing
 */
public record Settlement(
    Claim claim,
    int subscriber,
    DeliveryState state,
    int attempts,
    String detail,
    Instant at,
    @Nullable Instant due,
    @Nullable String waitsFor,
    @Nullable Reason reason,
    @Nullable Standing standing) {

  public Settlement {
    if ((state == DeliveryState.DEFERRED) != (due != null)) {
      throw new IllegalArgumentException("deferred has a due time, nothing else has");
    }
  }

  public static Settlement sent(Claim claim, int subscriber, int attempts, String id, Instant at) {
    return new Settlement(
        claim, subscriber, DeliveryState.SENT, attempts, id, at, null, null, null, null);
  }

  /** Settled without a send: withdrawn, suppressed or superseded. */
  public static Settlement unsent(
      Claim claim, int subscriber, DeliveryState state, int attempts, String detail, Instant at) {
    return new Settlement(claim, subscriber, state, attempts, detail, at, null, null, null, null);
  }

  public static Settlement failed(
      Claim claim, int subscriber, int attempts, Reason reason, String words, Instant at) {
    return new Settlement(
        claim,
        subscriber,
        DeliveryState.FAILED,
        attempts,
        detail(reason, words),
        at,
        null,
        null,
        reason,
        reason.newStanding());
  }

  public static Settlement deferred(
      Claim claim,
      int subscriber,
      int attempts,
      Reason reason,
      String words,
      Instant at,
      Instant due) {
    return new Settlement(
        claim,
        subscriber,
        DeliveryState.DEFERRED,
        attempts,
        detail(reason, words),
        at,
        due,
        null,
        reason,
        null);
  }

  /**
   * Not sent for a limit or a host that is down, which costs no attempt: who has room takes it up.
   */
  public static Settlement held(
      Claim claim, int subscriber, int attempts, Reason reason, String waitsFor, Instant at) {
    return new Settlement(
        claim,
        subscriber,
        DeliveryState.DEFERRED,
        attempts,
        reason.word(),
        at,
        at,
        waitsFor,
        reason,
        null);
  }

  /** False for a wait that leaves no trace in the ledger. */
  boolean isOutcome() {
    return reason == null || reason.isOutcome();
  }

  @Nullable String reasonWord() {
    return reason == null ? null : reason.word();
  }

  @Nullable String standingWord() {
    return standing == null ? null : standing.word();
  }

  private static String detail(Reason reason, String words) {
    return words.isEmpty() ? reason.word() : reason.word() + ": " + words;
  }
}
