package tocsin;

import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.api.Contract;
import tocsin.api.HttpServers;
import tocsin.api.Management;
import tocsin.api.Readiness;
import tocsin.config.Settings;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.store.Answer;
import tocsin.store.Database;

/**
 * The whole gateway, started and stopped:
 *
 * <pre>
 *   callers --&gt; Surfaces --&gt; Inbox --&gt; PostgreSQL --&gt; Engine: Planner --&gt; Lanes --&gt; providers
 * </pre>
 */
public final class Gateway implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  private static final Duration LONGEST_START = Duration.ofMinutes(1);

  /** After drain.timeout, for what was given up to be put on record and leases to go back. */
  private static final Duration LONGEST_CUT = Duration.ofSeconds(3);

  /** After drain.timeout, for everything: the chart leaves 12 s. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(8);

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Database database;
  private final Engine engine;
  private final Mailroom mailroom;
  private final Readiness readiness;
  private final HttpServers servers;
  private final Settings.Drain drain;

  private Gateway(
      Vertx vertx,
      Database database,
      Engine engine,
      Mailroom mailroom,
      Readiness readiness,
      HttpServers servers,
      Settings.Drain drain) {
    this.vertx = vertx;
    this.database = database;
    this.engine = engine;
    this.mailroom = mailroom;
    this.readiness = readiness;
    this.servers = servers;
    this.drain = drain;
  }

  public static Gateway start(Settings settings) throws TemplateException {
    return start(settings, router -> {});
  }

  /**
   * Blocks until it is ready. What was started before a failure is stopped again.
   *
   * @param extra adds its routes to the public ones
   * @throws TemplateException with everything that is wrong with the templates, before anything
   *     runs
   * @throws tocsin.store.StoreException when there is no database
   */
  public static Gateway start(Settings settings, Consumer<Router> extra) throws TemplateException {
    Templates templates = Templates.load(settings.templatesDir());
    PrometheusMeterRegistry metrics = Metrics.registry();
    Vertx vertx = Metrics.observed(metrics);
    Future<Contract> contract = Contract.load(vertx);
    Database database = null;
    Engine engine = null;
    Mailroom mailroom = null;
    try {
      database = Database.open(vertx, settings);
      if (settings.databaseUrl() == null) {
        new DiskSpaceMetrics(settings.dataDir().toFile()).bindTo(metrics);
      }
      database.migrate();
      Keys keys = Keys.load(settings, database.pool(), new SecureRandom());
      Readiness readiness = new Readiness(database.pool());
      engine = new Engine(vertx, settings, database, templates, keys, metrics);
      Surfaces surfaces = new Surfaces(vertx, settings, database.pool(), keys, engine, metrics);
      HttpServers servers =
          Answer.of(
              contract.compose(read ->
                  HttpServers.start(
                      vertx,
                      settings,
                      Stream.concat(surfaces.routes(read).stream(), Stream.of(extra)).toList(),
                      new Management(readiness, metrics),
                      keys.random())),
              LONGEST_START);
      engine.start();
      mailroom =
          Mailroom.open(vertx, settings, keys, engine.mailEvents(), surfaces::unsubscribe, metrics);
      readiness.started();
      return new Gateway(vertx, database, engine, mailroom, readiness, servers, settings.drain());
    } catch (RuntimeException e) {
      stop(null, mailroom, engine, database, vertx, settings.drain());
      throw e;
    }
  }

  /** Where it listens on this machine. */
  public URI local() {
    return URI.create("http://127.0.0.1:" + servers.port());
  }

  /** Where it tells of itself: metrics and health. */
  URI management() {
    return URI.create("http://127.0.0.1:" + servers.managementPort());
  }

  /** Completes when its database has died for good, which leaves nothing but to close it. */
  public Future<Void> lost() {
    return database.lost();
  }

  /**
   * Takes nothing more in, ends what is in flight within {@code drain.timeout}, and hands the
   * leases of the rest back: another node goes on with it at once.
   */
  @Override
  public void close() {
    readiness.draining();
    log.info("gateway.stopping delay={} timeout={}", drain.delay(), drain.timeout());
    if (drain.delay().isPositive()) {
      bounded("delay", () -> vertx.timer(drain.delay().toMillis(), TimeUnit.MILLISECONDS).await());
    }
    stop(servers, mailroom, engine, database, vertx, drain);
    log.info("gateway.stopped");
  }

  /**
   * Requests and sends end side by side, so that together they take no longer than the time-out.
   * What comes after them shares {@link #LONGEST_REST}.
   */
  private static void stop(
      @Nullable HttpServers servers,
      @Nullable Mailroom mailroom,
      @Nullable Engine engine,
      @Nullable Database database,
      Vertx vertx,
      Settings.Drain drain) {
    long end = System.nanoTime() + drain.timeout().plus(LONGEST_REST).toNanos();
    Future<Void> requests = servers == null ? Future.succeededFuture() : servers.drain();
    if (mailroom != null) {
      bounded("mailroom", mailroom::close);
    }
    if (engine != null) {
      await("engine", engine.stop(drain.timeout()), drain.timeout().plus(LONGEST_CUT));
    }
    await("requests", requests, left(end));
    if (servers != null) {
      await("servers", servers.close(), left(end));
    }
    if (engine != null) {
      bounded("traces", engine.traces()::close);
    }
    if (database != null) {
      bounded("database", () -> database.close(left(end)));
    }
    await("vertx", vertx.close(), left(end));
  }

  private static Duration left(long end) {
    Duration left = Duration.ofNanos(end - System.nanoTime());
    return left.compareTo(SHORTEST_WAIT) > 0 ? left : SHORTEST_WAIT;
  }

  /** What does not stop keeps nothing else from stopping. */
  private static void await(String part, Future<?> stopped, Duration longest) {
    bounded(
        part,
        () -> {
          try {
            stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS);
          } catch (TimeoutException late) {
            log.warn("gateway.stop_failed part={} longest={}", part, longest);
          }
        });
  }

  private static void bounded(String part, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      log.warn("gateway.stop_failed part={}", part, e);
    }
  }
}
