package tocsin.channel.email;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import tocsin.channel.Outcome;
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

  /** No connection came about. */
  static Loss of(Throwable failure) {
    boolean late =
        failure instanceof ConnectTimeoutException
            || failure.getCause() instanceof SslHandshakeTimeoutException;
    return late
        ? new Loss(Reason.TIMEOUT, "no connection in time")
        : new Loss(Reason.CONNECTION, "no connection");
  }

  /** What to say after that gibberish would be a guess. */
  static Loss of(ReplyReader.Gibberish gibberish) {
    return new Loss(Reason.CONNECTION, gibberish.words());
  }

  Outcome outcome(Phase phase) {
    return phase == Phase.CONTENT
        ? new Deferred(Reason.UNKNOWN, "content: " + detail, null)
        : new Deferred(reason, detail, null);
  }
}
