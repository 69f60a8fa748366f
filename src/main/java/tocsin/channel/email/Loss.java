package tocsin.channel.email;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import tocsin.channel.Outcome.Deferred;
import tocsin.channel.Reason;

/**
 * How a connection ended that was not closed by us.
 *
 * @param reason of what had not been handed over by then
 */
record Loss(Reason reason, String detail) {
  static final Loss CUT = new Loss(Reason.CONNECTION, "connection lost");
  static final Loss SILENCE = new Loss(Reason.TIMEOUT, "no reply in time");
  static final Loss STOPPED = new Loss(Reason.LIMIT, "stopped");

  /** No connection came about, or no TLS. */
  static Loss of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    boolean late =
        failure instanceof ConnectTimeoutException || root instanceof SslHandshakeTimeoutException;
    return new Loss(late ? Reason.TIMEOUT : Reason.CONNECTION, "no connection: " + root);
  }

  /** What to say after that gibberish would be a guess. */
  static Loss of(ReplyReader.Gibberish gibberish) {
    return new Loss(Reason.CONNECTION, gibberish.words());
  }

  Deferred outcome(Phase phase) {
    return phase == Phase.CONTENT
        ? new Deferred(Reason.UNKNOWN, "content: " + detail, null)
        : new Deferred(reason, detail, null);
  }
}
