package tocsin.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.pubsub.PgSubscriber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final PgSubscriber subscriber;
  private final Map<String, Listeners> channels = new HashMap<>();
  private @Nullable Future<Void> connection;

  Wakeups(Vertx vertx, PgConnectOptions options) {
    this.subscriber =
        PgSubscriber.subscriber(vertx, options)
            .reconnectPolicy(retries -> {
              LOG.warn("store.wakeups-lost retries={}", retries);
              return pauseBeforeRetry(retries);
            });
  }

  /**
   * Runs it on an event loop for every notification, and once whenever listening begins: after the
   * first connection and after each one that replaces a lost one. It must not block or throw.
   *
   * @return done when it listens; failed when the database is not to be reached
   */
  public synchronized Future<Void> listen(String channel, Runnable wake) {
    Listeners listeners = channels.computeIfAbsent(channel, this::subscribe);
    listeners.wakes.add(wake);
    return listeners.begun.future().onSuccess(begun -> wake.run());
  }

  private Listeners subscribe(String channel) {
    var listeners = new Listeners();
    subscriber
        .channel(channel)
        .subscribeHandler(begun -> {
          logFailures();
          listeners.begin();
        })
        .handler(payload -> listeners.wake());
    if (connection == null) {
      connection = subscriber.connect();
    }
    connection.onFailure(listeners.begun::tryFail);
    return listeners;
  }

  /** Without a handler the client prints a stack trace when the server ends the connection. */
  private void logFailures() {
    PgConnection current = subscriber.actualConnection();
    if (current != null) {
      current.exceptionHandler(
          failure -> LOG.warn("store.wakeups-failed reason={}", failure.getMessage()));
    }
  }

  Future<Void> close() {
    return subscriber.close();
  }

  /** Doubling up to a limit, in milliseconds; never gives up. */
  static long pauseBeforeRetry(int retries) {
    return Math.min(FIRST_PAUSE_MILLIS << Math.min(retries, 10), LONGEST_PAUSE_MILLIS);
  }

  /** Who is woken by one channel. */
  private static final class Listeners {
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private final Promise<Void> begun = Promise.promise();

    /** For the first time, or again after the connection was lost. */
    private void begin() {
      if (!begun.tryComplete()) {
        wake();
      }
    }

    private void wake() {
      wakes.forEach(Runnable::run);
    }
  }
}
