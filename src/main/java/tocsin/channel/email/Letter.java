package tocsin.channel.email;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import tocsin.channel.Message;
import tocsin.channel.Outcome;

/** A mail that somebody waits for. */
final class Letter {
  private static final int MOST_RETURNS = 2;

  private final Message.Email mail;
  private final long since;
  private final Promise<Outcome> outcome = Promise.promise();
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

  Future<Outcome> outcome() {
    return outcome.future();
  }

  /** Whether it may wait again, none of its content having been sent; else it needs an outcome. */
  boolean giveBack() {
    returns++;
    return returns <= MOST_RETURNS;
  }

  /** The first outcome counts. */
  void end(Outcome how) {
    outcome.tryComplete(how);
  }
}
