package tocsin.bench;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tocsin.audience.AudienceIndex;
import tocsin.audience.Channel;
import tocsin.audience.LinkTokens;
import tocsin.audience.ReturnPath;
import tocsin.channel.Channels;
import tocsin.channel.Unconfigured;
import tocsin.config.DatabaseUrl;
import tocsin.config.Settings;
import tocsin.delivery.Completions;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.Plans;
import tocsin.delivery.Told;
import tocsin.dispatch.Courier;
import tocsin.dispatch.Lane;
import tocsin.dispatch.LaneStore;
import tocsin.dispatch.Planner;
import tocsin.dispatch.Preparation;
import tocsin.dispatch.Progress;
import tocsin.dispatch.RetryPolicy;
import tocsin.dispatch.SenderPool;
import tocsin.dispatch.Time;
import tocsin.incident.Catalogue;
import tocsin.incident.Control;
import tocsin.incident.Inbox;
import tocsin.incident.Incidents;
import tocsin.limit.Limiter;
import tocsin.limit.Limits;
import tocsin.limit.Slots;
import tocsin.render.Renderer;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.selfservice.WaysBack;
import tocsin.store.Answer;
import tocsin.store.Database;
import tocsin.trace.Traces;

/**
 * The engine of one gateway node, put together as the gateway does it, but with an e-mail provider
 * of its own. It can be started and stopped again and again; the index of audiences stays.
 */
final class Node {
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final Duration LONGEST_SEND = Duration.ofMinutes(3);

  private final Vertx vertx = Vertx.vertx();
  private final Database database;
  private final AudienceIndex index;
  private final NodeSpec spec;
  private volatile Runnable planner = () -> {};
  private volatile Runnable lane = () -> {};
  private final List<String> deployed = new ArrayList<>();

  Node(DatabaseUrl url, NodeSpec spec) {
    this.database = Database.at(vertx, url);
    this.index = new AudienceIndex(database.pool());
    this.spec = spec;
    Answer.of(database.wakeups().listen(Inbox.TOPIC, () -> planner.run()));
    Answer.of(database.wakeups().listen(Plans.TOPIC, () -> lane.run()));
    Answer.of(database.wakeups().listen(Control.TOPIC, () -> lane.run()));
  }

  /** Blocks until it runs and its index is up to date. */
  void start(Provider provider) throws TemplateException {
    Answer.of(index.refresh(), LONGEST_START);
    Pool pool = database.pool();
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    FrozenAudiences audiences = new FrozenAudiences(pool);
    Preparation preparation = preparation(pool);
    Planner newPlanner =
        new Planner(
            new Plans(pool, Duration.ZERO),
            index,
            new Told(pool, audiences),
            preparation,
            registry,
            Traces.OFF);
    Lane newLane =
        new Lane(
            Channel.EMAIL,
            spec.workers(),
            LONGEST_SEND,
            LaneStore.of(pool, audiences, spec.results().ledger(pool)),
            limiter(pool),
            preparation,
            courier(provider),
            registry,
            Time.system());
    planner = newPlanner::wake;
    lane = newLane::wake;
    deploy(newLane, ThreadingModel.VIRTUAL_THREAD);
    deploy(newPlanner, ThreadingModel.VIRTUAL_THREAD);
    deploy(new Progress(new Completions(pool), registry, Traces.OFF), ThreadingModel.EVENT_LOOP);
  }

  private static Preparation preparation(Pool pool) throws TemplateException {
    return new Preparation(
        new Renderer(
            Templates.load(null),
            new Settings.MailFrom("status@example.com", "Acme Status"),
            URI.create("https://status.example.com")),
        new Catalogue(pool),
        new Incidents(pool),
        SenderPool.of(""));
  }

  private static Limiter limiter(Pool pool) {
    Limiter limiter = new Limiter(System::nanoTime, new Slots(pool));
    limiter.rates(Answer.of(new Limits(pool).all()));
    return limiter;
  }

  private static Courier courier(Provider provider) {
    return new Courier(
        new Channels(provider, new Unconfigured<>("sms"), new Unconfigured<>("webhook")),
        new WaysBack(new LinkTokens(new byte[32]), ReturnPath.fixed("status@example.com")),
        RetryPolicy.of(Channel.EMAIL),
        Time.system(),
        new SecureRandom());
  }

  private void deploy(Deployable part, ThreadingModel model) {
    deployed.add(
        Answer.of(vertx.deployVerticle(part, new DeploymentOptions().setThreadingModel(model))));
  }

  /** Ends what is in flight and hands the leases back. */
  void stop() {
    for (String id : deployed) {
      Answer.of(vertx.undeploy(id), Duration.ofMinutes(1));
    }
    deployed.clear();
  }

  void close() {
    database.close();
    Answer.of(vertx.close());
  }
}
