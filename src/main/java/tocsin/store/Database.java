package tocsin.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.config.DatabaseUrl;
import tocsin.config.Settings;

/** The one database of a gateway: embedded when no other is set, and closed with it. */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /**
   * Enough for three lanes, the planner and the API to work side by side; the statements are short,
   * and four nodes and one more in a rollout fit into a PostgreSQL with its usual 100 connections.
   */
  private static final int CONNECTIONS = 16;

  /** Beyond these something is stuck, and to fail is better than to wait. */
  private static final int MOST_WAITING = 10_000;

  private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);
  private static final Duration CONNECTION_LIMIT = Duration.ofSeconds(30);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final @Nullable EmbeddedPostgres embedded;
  private final DatabaseUrl url;
  private final Pool pool;
  private final Wakeups wakeups;

  private Database(Vertx vertx, @Nullable EmbeddedPostgres embedded, DatabaseUrl url) {
    this.embedded = embedded;
    this.url = url;
    PgConnectOptions options = ConnectOptions.of(url);
    this.pool =
        PgBuilder.pool()
            .with(
                new PoolOptions()
                    .setMaxSize(CONNECTIONS)
                    .setMaxWaitQueueSize(MOST_WAITING)
                    .setIdleTimeout((int) IDLE_LIMIT.toSeconds())
                    .setIdleTimeoutUnit(TimeUnit.SECONDS)
                    .setConnectionTimeout((int) CONNECTION_LIMIT.toSeconds())
                    .setConnectionTimeoutUnit(TimeUnit.SECONDS))
            .connectingTo(options)
            .using(vertx)
            .build();
    this.wakeups = new Wakeups(vertx, options);
  }

  /**
   * Starts the embedded server if no other is set; blocks until it runs. Nothing is migrated yet.
   *
   * @throws StoreException with what to do, when the embedded server cannot run
   */
  public static Database open(Vertx vertx, Settings settings) {
    DatabaseUrl external = settings.databaseUrl();
    if (external != null) {
      return new Database(vertx, null, external);
    }
    EmbeddedPostgres embedded = EmbeddedPostgres.start(settings.dataDir());
    return new Database(vertx, embedded, embedded.url());
  }

  /** On a server that somebody else starts and stops. */
  public static Database at(Vertx vertx, DatabaseUrl url) {
    return new Database(vertx, null, url);
  }

  public Pool pool() {
    return pool;
  }

  /** Completes when the embedded server has died; never with a server that is somebody else's. */
  public Future<Void> lost() {
    return embedded == null ? Promise.<Void>promise().future() : embedded.lost();
  }

  /** Whether no other node can be on it: the embedded server serves the one that started it. */
  public boolean isAlone() {
    return embedded != null;
  }

  /** Notifications from any node on this database. */
  public Wakeups wakeups() {
    return wakeups;
  }

  /**
   * Brings the schema up to date; blocks.
   *
   * @throws StoreException when the database is not to be reached
   */
  public void migrate() {
    Migrations.run(url);
  }

  /** Blocks until the connections are closed and the embedded server has stopped. */
  @Override
  public void close() {
    close(CLOSE_LIMIT);
  }

  /**
   * @param limit for connections that do not answer; an embedded server is stopped all the same
   */
  public void close(Duration limit) {
    try {
      wakeups.close().eventually(pool::close).await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stuck) {
      LOG.warn("store.close-timed-out limit={}", limit);
    } finally {
      if (embedded != null) {
        embedded.close();
      }
    }
  }
}
