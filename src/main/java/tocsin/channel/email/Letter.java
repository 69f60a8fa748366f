package tocsin.channel.email;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import tocsin.channel.Message;
import tocsin.channel.Outcome;

/** A mail that somebody waits for. */
final class Letter {
  private static final int MOST_RETURNS = 2;

  private enum State {
    WAITING,
    TAKEN,
    WITHDRAWN
  }

  private final Message.Email mail;
  private final long since;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private int returns;

  /**
   * @param since when it began to wait, in nanoseconds
   */
  Letter(Message.Email mail, long since) {
    this.mail = mail;
    this.since = since;
  }

  Message.Email mail() {
    return mail;
  }

  long since() {
    return since;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Who takes it gives it an outcome, or back. False when nobody wants it any more. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** False when it is too late: some of it may be on its way. */
  boolean withdraw() {
    return state.compareAndSet(State.WAITING, State.WITHDRAWN);
  }

  /** Whether it may wait again, none of its content having been sent; else it needs an outcome. */
  boolean giveBack() {
    if (returns == MOST_RETURNS) {
      return false;
    }
    returns++;
    state.set(State.WAITING);
    return true;
  }

  void end(Outcome how) {
    outcome.complete(how);
  }
}
