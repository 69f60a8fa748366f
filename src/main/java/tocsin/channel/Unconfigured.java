package tocsin.channel;

import io.vertx.core.Future;
import java.time.Duration;

/**
 * Stands in for a channel without settings: everything waits until an operator sets them.
 *
 * @param missing the setting that would switch it on
 */
public record Unconfigured<M extends Message>(String missing) implements Sender<M> {
  private static final Duration UNTIL_LOOKED_AT_AGAIN = Duration.ofMinutes(1);

  @Override
  public Future<Outcome> send(M message) {
    return Future.succeededFuture(
        new Outcome.Deferred(Reason.OPERATOR, missing + " is not set", UNTIL_LOOKED_AT_AGAIN));
  }

  @Override
  public void close() {
    // holds nothing
  }
}
