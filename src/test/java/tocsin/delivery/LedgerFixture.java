package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.channel.Reason;
import tocsin.incident.Update;
import tocsin.store.Answer;
import tocsin.store.TestDatabase;

/** The engine's tables in a database of their own, worked on without lanes. */
final class LedgerFixture implements AutoCloseable {
  static final Channel EMAIL = Channel.EMAIL;
  private static final int LOWEST = 11;
  private static final Duration LEASE = Duration.ofMinutes(1);

  final Vertx vertx = Vertx.vertx();
  final Pool pool = TestDatabase.fresh(vertx);
  final FrozenAudiences audiences = new FrozenAudiences(pool);
  final Ledger ledger = new Ledger(pool);
  final Deliveries deliveries = new Deliveries(pool, audiences);
  final DeadLetters letters = new DeadLetters(pool, audiences);
  final Requeues requeues = new Requeues(pool, audiences);
  final Completions completions = new Completions(pool);
  private long flush;

  /** A planned update of an incident of its own for the e-mail subscribers 1 to so many. */
  Update planned(String incident, int recipients) {
    RoaringBitmap members = new RoaringBitmap();
    members.add(1L, 1L + recipients);
    return planned(incident, List.of(new Plans.Part(EMAIL, 4, members)));
  }

  Update planned(String incident, List<Plans.Part> parts) {
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
    return get(new Plans(pool, Duration.ZERO)
            .next(update -> Future.succeededFuture(new Plans.Plan.Fanout(parts))))
        .orElseThrow();
  }

  /** Every chunk that may be claimed, in order. */
  List<Claim.OfChunk> chunks() {
    return get(new Chunks(pool).claim(EMAIL, LOWEST + 1, 0, 10_000, LEASE)).claimed().stream()
        .map(Chunks.Claimed::claim)
        .toList();
  }

  /** Every retry that is due. */
  List<Claim.OfRetry> retries() {
    return get(new Retries(pool).claim(EMAIL, 10_000, LEASE));
  }

  int settle(List<Settlement> batch) {
    return get(ledger.settle(EMAIL, ++flush, batch));
  }

  /** All members of the chunk fail. */
  void fail(Claim.OfChunk claim, Reason reason, String words) {
    List<Settlement> batch = new ArrayList<>();
    for (int id : members(claim)) {
      batch.add(Settlement.failed(claim, id, 1, reason, words, Instant.now()));
    }
    settle(batch);
  }

  int[] members(Claim claim) {
    return get(audiences.load(claim.audience())).orElseThrow().chunk(claim.chunk());
  }

  Account account(Update update) {
    return get(deliveries.account(update.id())).getOrDefault(EMAIL, Account.EMPTY);
  }

  List<Delivery> recipients(Update update) {
    return get(deliveries.ofUpdate(update.id(), null, 10_000));
  }

  Delivery recipient(Update update, int subscriber) {
    return recipients(update).stream()
        .filter(delivery -> delivery.id().subscriber() == subscriber)
        .findFirst()
        .orElseThrow();
  }

  DeliveryId id(Claim claim, int subscriber) {
    return new DeliveryId(claim.audience(), subscriber);
  }

  int number(String query) {
    return get(pool.query(query).execute()).iterator().next().getInteger(0);
  }

  void sql(String... statements) {
    Arrays.stream(statements).forEach(statement -> get(pool.query(statement).execute()));
  }

  static <T> T get(Future<T> future) {
    return Answer.of(future, Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    get(vertx.close());
  }
}
