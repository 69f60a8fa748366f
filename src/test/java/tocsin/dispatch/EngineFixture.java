package tocsin.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.UnsubscribeTokens;
import tocsin.channel.Channels;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Sender;
import tocsin.channel.Unconfigured;
import tocsin.config.Settings;
import tocsin.delivery.Account;
import tocsin.delivery.Deliveries;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.Plans;
import tocsin.incident.Catalogue;
import tocsin.incident.Update;
import tocsin.limit.Limiter;
import tocsin.render.Renderer;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.store.TestDatabase;

/**
 * The engine's e-mail lane over a database of its own, with senders that a test writes in a line.
 */
final class EngineFixture implements AutoCloseable {
  static final RetryPolicy AT_ONCE =
      new RetryPolicy(List.of(Duration.ofMillis(20)), Duration.ofHours(1));

  final Vertx vertx = Vertx.vertx();
  final Pool pool = TestDatabase.fresh(vertx);
  final FrozenAudiences audiences = new FrozenAudiences(pool);
  final Deliveries deliveries = new Deliveries(pool, audiences);
  final Limiter limiter = new Limiter(System::nanoTime);
  Duration longestSend = Duration.ofMinutes(1);
  private final Preparation preparation;
  private int incidents;

  EngineFixture() throws TemplateException {
    Renderer renderer =
        new Renderer(
            Templates.load(null),
            new Settings.MailFrom("status@example.com", "Acme Status"),
            URI.create("https://status.example.com"));
    preparation = new Preparation(renderer, new Catalogue(pool), "+15005550006");
  }

  /** So many active e-mail subscribers at the domain. */
  RoaringBitmap subscribers(int count, String domain) {
    RowSet<Row> rows =
        get(
            pool.preparedQuery(
                    """
                    insert into subscriber (channel, address, address_key, locale, time_zone,
                      subscriptions, consent_source, consent_at)
                    select 'email', n || '@' || $2, n || '@' || $2, 'en', 'UTC', '[{}]', 'test', now()
                      from generate_series(1, $1) n returning id
                    """)
                .execute(Tuple.of(count, domain)));
    RoaringBitmap ids = new RoaringBitmap();
    for (Row row : rows) {
      ids.add(row.getInteger("id"));
    }
    return ids;
  }

  /** An accepted update of an incident of its own, planned for these recipients. */
  Update planned(RoaringBitmap members) {
    String incident = "incident-" + ++incidents;
    get(
        pool.preparedQuery(
                """
                with i as (
                  insert into incident (id, title, kind, status, impact, last_sequence)
                  values ($1, 'Web unreachable', 'incident', 'identified', 'major', 1) returning id)
                insert into incident_update (incident, sequence, status, impact, body, affects, notify,
                  source, fingerprint)
                select id, 1, 'identified', 'major', '{"": "We are on it."}', '[{}]', true, 'test', '\\x00'
                  from i
                """)
            .execute(Tuple.of(incident)));
    return get(new Plans(pool)
            .next(update ->
                Future.succeededFuture(
                    new Plans.Plan.Fanout(List.of(new Plans.Part(Channel.EMAIL, 4, members))))))
        .orElseThrow();
  }

  Lane lane(Function<Message.Email, Outcome> sender) {
    return lane(sender, AT_ONCE, 8);
  }

  /** A running lane. */
  Lane lane(Function<Message.Email, Outcome> sender, RetryPolicy policy, int workers) {
    Lane lane =
        new Lane(
            Channel.EMAIL,
            workers,
            longestSend,
            LaneStore.of(pool, audiences),
            limiter,
            preparation,
            new Courier(
                new Channels(
                    new FunctionSender(sender),
                    new Unconfigured<>("twilio.account.sid"),
                    new Unconfigured<>("nothing")),
                new UnsubscribeTokens(new byte[32]),
                policy,
                Time.system(),
                new Random(7)),
            new SimpleMeterRegistry(),
            Time.system());
    get(
        vertx.deployVerticle(
            lane, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));
    return lane;
  }

  /** Stops everything that runs, as a shutdown does. */
  void stopLanes() {
    for (String id : vertx.deploymentIDs()) {
      get(vertx.undeploy(id));
    }
  }

  Account account(Update update) {
    return get(deliveries.account(update.id())).getOrDefault(Channel.EMAIL, Account.EMPTY);
  }

  Account accountWhenDone(Update update) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> account(update).pending() == 0);
    return account(update);
  }

  void sql(String statement) {
    get(pool.query(statement).execute());
  }

  int number(String query) {
    return get(pool.query(query).execute()).iterator().next().getInteger(0);
  }

  static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    get(vertx.close());
  }

  private record FunctionSender(Function<Message.Email, Outcome> function)
      implements Sender<Message.Email> {
    @Override
    public Outcome send(Message.Email message) {
      return function.apply(message);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
