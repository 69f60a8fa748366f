package tocsin.dispatch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import tocsin.audience.LinkTokens;
import tocsin.audience.ReturnPath;
import tocsin.audience.UpdateChoice;
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
import tocsin.incident.Incidents;
import tocsin.incident.Status;
import tocsin.incident.Update;
import tocsin.limit.Limiter;
import tocsin.limit.Slots;
import tocsin.render.Renderer;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.selfservice.WaysBack;
import tocsin.store.TestDatabase;

/** Lanes over a database of their own, with senders that a test writes in a line. */
final class EngineFixture implements AutoCloseable {
  static final RetryPolicy AT_ONCE =
      new RetryPolicy(List.of(Duration.ofMillis(20)), Duration.ofHours(1));

  final Vertx vertx = Vertx.vertx();
  final Pool pool = TestDatabase.fresh(vertx);
  final FrozenAudiences audiences = new FrozenAudiences(pool);
  final Deliveries deliveries = new Deliveries(pool, audiences);
  final Limiter limiter = new Limiter(System::nanoTime, new Slots(pool));
  Duration longestSend = Duration.ofMinutes(1);
  final RecordedSteps traces = new RecordedSteps();
  final Preparation preparation;
  private int incidents;

  EngineFixture() throws TemplateException {
    Renderer renderer =
        new Renderer(
            Templates.load(null),
            new Settings.MailFrom("status@example.com", "Acme Status"),
            URI.create("https://status.example.com"));
    preparation =
        new Preparation(
            renderer, new Catalogue(pool), new Incidents(pool), SenderPool.of("+15005550006"));
  }

  /** So many active e-mail subscribers at the domain. */
  RoaringBitmap subscribers(int count, String domain) {
    return inserted(
        pool.preparedQuery(
                """
                insert into subscriber (channel, address, address_key, locale, time_zone,
                  subscriptions, consent_source, consent_at)
                select 'email', n || '@' || $2, n || '@' || $2, 'en', 'UTC', '[{}]', 'test', now()
                  from generate_series(1, $1) n returning id
                """)
            .execute(Tuple.of(count, domain)));
  }

  /** So many active webhooks on the host. */
  RoaringBitmap endpoints(int count, String host, UpdateChoice choice) {
    return inserted(
        pool.preparedQuery(
                """
                insert into subscriber (channel, address, address_key, locale, time_zone, secret,
                  updates, subscriptions, consent_source, consent_at)
                select 'webhook', 'https://' || $2 || '/' || n, 'https://' || $2 || '/' || n, 'en',
                    'UTC', 'whsec_c2VjcmV0', $3, '[{}]', 'test', now()
                  from generate_series(1, $1) n returning id
                """)
            .execute(Tuple.of(count, host, choice.word())));
  }

  private static RoaringBitmap inserted(Future<RowSet<Row>> insertion) {
    RoaringBitmap ids = new RoaringBitmap();
    for (Row row : get(insertion)) {
      ids.add(row.getInteger("id"));
    }
    return ids;
  }

  /** An accepted update of an incident of its own, planned for these recipients. */
  Update planned(RoaringBitmap members) {
    return planned(members, 4);
  }

  /** As {@link #planned(RoaringBitmap)}, in a class of priority. */
  Update planned(RoaringBitmap members, int priority) {
    return next(
        "incident-" + ++incidents,
        Status.IDENTIFIED,
        new Plans.Part(Channel.EMAIL, priority, members));
  }

  /** The next update of an incident, accepted and planned. */
  Update next(String incident, Status status, Plans.Part... parts) {
    accept(incident, status);
    return plan(parts);
  }

  /** The next update of an incident, accepted and no more. */
  void accept(String incident, Status status) {
    get(
        pool.preparedQuery(
                """
                with i as (
                  insert into incident (id, title, kind, status, impact, last_sequence)
                  values ($1, 'Web unreachable', 'incident', $2, 'major', 1)
                  on conflict (id) do update set last_sequence = incident.last_sequence + 1
                  returning id, last_sequence)
                insert into incident_update (incident, sequence, status, impact, body, affects, notify,
                  source, fingerprint)
                select id, last_sequence, $2, 'major', '{"": "We are on it."}', '[{}]', true, 'test',
                    '\\x00'
                  from i
                """)
            .execute(Tuple.of(incident, status.word())));
  }

  /** Plans the oldest update that is not. */
  Update plan(Plans.Part... parts) {
    return get(new Plans(pool, Duration.ZERO)
            .next(update -> Future.succeededFuture(new Plans.Plan.Fanout(List.of(parts)))))
        .orElseThrow();
  }

  Lane lane(Function<Message.Email, Outcome> sender) {
    return lane(sender, AT_ONCE, 8);
  }

  /** A running lane for mail. */
  Lane lane(Function<Message.Email, Outcome> sender, RetryPolicy policy, int sends) {
    return lane(
        Channel.EMAIL,
        new Channels(
            new FunctionSender<>(sender), new Unconfigured<>("sms"), new Unconfigured<>("webhook")),
        policy,
        sends);
  }

  /** A running lane for webhooks. */
  Lane webhooks(Function<Message.Webhook, Outcome> sender, RetryPolicy policy, int sends) {
    return lane(
        Channel.WEBHOOK,
        new Channels(
            new Unconfigured<>("email"), new Unconfigured<>("sms"), new FunctionSender<>(sender)),
        policy,
        sends);
  }

  /** A running lane of that channel. */
  Lane lane(Channel channel, Function<Message, Outcome> sender, int sends) {
    return lane(
        channel,
        new Channels(
            new FunctionSender<>(sender::apply),
            new FunctionSender<>(sender::apply),
            new FunctionSender<>(sender::apply)),
        AT_ONCE,
        sends);
  }

  /** So many active subscribers of that channel. */
  RoaringBitmap members(Channel channel, int count) {
    return switch (channel) {
      case EMAIL -> subscribers(count, "example.org");
      case SMS -> phones(count);
      case WEBHOOK -> endpoints(count, "hooks.example.org", UpdateChoice.LATEST);
    };
  }

  private RoaringBitmap phones(int count) {
    return inserted(
        pool.preparedQuery(
                """
                insert into subscriber (channel, address, address_key, locale, time_zone,
                  subscriptions, consent_source, consent_at)
                select 'sms', '+1555867' || (5000 + n), '+1555867' || (5000 + n), 'en', 'UTC',
                    '[{}]', 'test', now()
                  from generate_series(1, $1) n returning id
                """)
            .execute(Tuple.of(count)));
  }

  private Lane lane(Channel channel, Channels channels, RetryPolicy policy, int sends) {
    Lane lane =
        new Lane(
            channel,
            sends,
            longestSend,
            LaneStore.of(pool, audiences),
            limiter,
            preparation,
            new Courier(
                channels,
                new WaysBack(new LinkTokens(new byte[32]), ReturnPath.fixed("status@example.com")),
                policy,
                Time.system(),
                new Random(7),
                traces),
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
    return account(update, Channel.EMAIL);
  }

  Account account(Update update, Channel channel) {
    return get(deliveries.account(update.id())).getOrDefault(channel, Account.EMPTY);
  }

  Account accountWhenDone(Update update) {
    return accountWhenDone(update, Channel.EMAIL);
  }

  Account accountWhenDone(Update update, Channel channel) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> account(update, channel).pending() == 0);
    return account(update, channel);
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

  private record FunctionSender<M extends Message>(Function<M, Outcome> function)
      implements Sender<M> {
    @Override
    public Future<Outcome> send(M message) {
      Promise<Outcome> outcome = Promise.promise();
      Thread.startVirtualThread(() -> {
        try {
          outcome.complete(function.apply(message));
        } catch (RuntimeException bug) {
          outcome.fail(bug);
        }
      });
      return outcome.future();
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
