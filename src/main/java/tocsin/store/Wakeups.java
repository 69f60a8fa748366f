package tocsin.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who listens that there may be work: {@code pg_notify} of any node, over LISTEN. A wake-up
 * can be lost while the connection is cut, so the listener is woken once when it is back, and polls
 * all the same.
 */
public final class Wakeups {
  private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final PgSubscriber subscriber;
  private @Nullable Future<Void> connection;

  Wakeups(Vertx vertx, PgConnectOptions options) {
    this.subscriber =
        PgSubscriber.subscriber(vertx, options).reconnectPolicy(Wakeups::pauseBeforeRetry);
  }

  /**
   * Runs it on an event loop for every notification, and once whenever listening begins: after the
   * first connection and after each one that replaces a lost one. It must not block or throw.
   *
   * @return done when it listens; failed when the database is not to be reached
   */
  public Future<Void> listen(String channel, Runnable wake) {
    Promise<Void> listening = Promise.promise();
    subscriber
        .channel(channel)
        .subscribeHandler(begun -> {
          listening.tryComplete();
          wake.run();
        })
        .handler(payload -> wake.run());
    connection().onFailure(listening::tryFail);
    return listening.future();
  }

  private synchronized Future<Void> connection() {
    if (connection == null) {
      connection = subscriber.connect();
    }
    return connection;
  }

  Future<Void> close() {
    return subscriber.close();
  }

  /** Doubling up to a limit, in milliseconds; never gives up. */
  static long pauseBeforeRetry(int retries) {
    LOG.warn("store.wakeups-lost retry={}", retries);
    long doubled = FIRST_PAUSE_MILLIS << Math.min(retries, 10);
    return Math.min(doubled, LONGEST_PAUSE.toMillis());
  }
}
