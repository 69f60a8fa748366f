package tocsin.channel.email;

import org.jspecify.annotations.Nullable;
import tocsin.channel.Outcome;

/** One mail between its MAIL command and its outcome. */
final class Transaction {
  private final Letter letter;
  private boolean open;
  private boolean turnedAway;
  private @Nullable Outcome refusal;

  Transaction(Letter letter) {
    this.letter = letter;
  }

  Letter letter() {
    return letter;
  }

  /** The server has accepted the MAIL command. */
  void opened() {
    open = true;
  }

  boolean isOpen() {
    return open;
  }

  /** The first refusal tells; what a server says to what was already on its way follows from it. */
  void refused(Reply reply, Phase phase) {
    if (refusal == null) {
      refusal = Replies.refusal(reply, phase);
      turnedAway = phase == Phase.MAIL && reply.code() < 500;
    }
  }

  /** The server would take no mail just then, whomever it was for. */
  boolean isTurnedAway() {
    return turnedAway;
  }

  /** Null while nothing was refused. */
  @Nullable Outcome refusal() {
    return refusal;
  }
}
