package tocsin.api;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.TimeUnit;

/** Whether this node should get requests: it has started, does not drain, and has its database. */
public final class Readiness {
  static final String READY = "ready";
  private static final long LONGEST_SECONDS = 2;

  private final Pool pool;
  private volatile State state = State.STARTING;
  private volatile boolean wasReady;

  private enum State {
    STARTING,
    STARTED,
    DRAINING
  }

  public Readiness(Pool pool) {
    this.pool = pool;
  }

  /** Everything is migrated and listening. */
  public void started() {
    state = State.STARTED;
  }

  /** The node is about to stop. */
  public void draining() {
    state = State.DRAINING;
  }

  /** Whether it was when it was last asked for the word. */
  boolean wasReady() {
    return wasReady;
  }

  /** {@code ready}, or why not; never fails. */
  Future<String> word() {
    return asked().onSuccess(word -> wasReady = word.equals(READY));
  }

  private Future<String> asked() {
    return switch (state) {
      case STARTING -> Future.succeededFuture("starting");
      case DRAINING -> Future.succeededFuture("draining");
      case STARTED ->
          pool.query("select 1")
              .execute()
              .timeout(LONGEST_SECONDS, TimeUnit.SECONDS)
              .map(READY)
              .otherwise("database unreachable");
    };
  }
}
