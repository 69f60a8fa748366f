package tocsin.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.delivery.LedgerFixture.get;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.DeliveryId;
import tocsin.channel.Reason;
import tocsin.delivery.Requeues.Kind;
import tocsin.delivery.Requeues.Order;
import tocsin.delivery.Requeues.Terms;
import tocsin.incident.Update;

class RequeuesTest {
  private static final Terms REPLAY = new Terms(Kind.REPLAY, "replay", Instant.EPOCH);

  private LedgerFixture engine;

  @BeforeEach
  void start() {
    engine = new LedgerFixture();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private List<DeliveryId> requeue(Claim chunk, int... subscribers) {
    List<Order> orders = new ArrayList<>();
    for (int subscriber : subscribers) {
      orders.add(new Order(engine.id(chunk, subscriber), null));
    }
    return get(engine.requeues.requeue(orders, REPLAY));
  }

  private void settle(Claim claim, int subscriber, DeliveryState state) {
    Instant now = Instant.now();
    Settlement settlement =
        switch (state) {
          case SENT -> Settlement.sent(claim, subscriber, 3, "sm" + subscriber, now);
          case FAILED -> Settlement.failed(claim, subscriber, 3, Reason.POLICY, "spam", now);
          default -> Settlement.unsent(claim, subscriber, state, 2, "", now);
        };
    engine.settle(List.of(settlement));
  }

  @Test
  void whateverItCameToItIsPendingAgainAndDoneOnceItIsSettled() {
    List<DeliveryState> finals =
        List.of(
            DeliveryState.SENT,
            DeliveryState.FAILED,
            DeliveryState.SUPPRESSED,
            DeliveryState.WITHDRAWN,
            DeliveryState.SUPERSEDED);
    Update update = engine.planned("one", finals.size());
    Claim.OfChunk chunk = engine.chunks().getFirst();
    for (int i = 0; i < finals.size(); i++) {
      settle(chunk, i + 1, finals.get(i));
    }
    assertThat(get(engine.completions.note())).hasSize(1);

    assertThat(requeue(chunk, 1, 2, 3, 4, 5)).hasSize(5);

    assertThat(engine.account(update))
        .returns(5, Account::pending)
        .returns(0, Account::sent)
        .returns(0, Account::failed)
        .returns(0, Account::suppressed)
        .returns(0, Account::withdrawn)
        .returns(0, Account::superseded);
    assertThat(engine.recipients(update))
        .hasSize(5)
        .allSatisfy(delivery ->
            assertThat(delivery)
                .returns(DeliveryState.DEFERRED, Delivery::state)
                .returns(0, Delivery::attempts)
                .returns("requeued: replay", Delivery::detail));
    List<Claim.OfRetry> retries = engine.retries();
    assertThat(retries).hasSize(5).allMatch(Claim.OfRetry::replay);
    retries.forEach(retry -> settle(retry, retry.subscriber(), DeliveryState.SENT));
    assertThat(engine.account(update)).returns(5, Account::sent).returns(0, Account::pending);
    assertThat(get(engine.completions.note())).hasSize(1);
  }

  @Test
  void whatIsPendingOrUnknownStaysAsItIs() {
    Update update = engine.planned("one", 3);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    settle(chunk, 1, DeliveryState.SENT);
    Instant later = Instant.now().plus(Duration.ofHours(1));
    engine.settle(
        List.of(Settlement.deferred(chunk, 2, 1, Reason.TIMEOUT, "", Instant.now(), later)));

    assertThat(requeue(chunk, 1, 1, 2, 3, 4)).containsExactly(engine.id(chunk, 1));
    assertThat(requeue(chunk, 1, 2, 3)).isEmpty();
    assertThat(get(engine.requeues.requeue(List.of(new Order(new DeliveryId(1, 1), null)), REPLAY)))
        .isEmpty();
    assertThat(engine.account(update)).returns(3, Account::pending);
  }

  @Test
  void aRetryKeepsItsTriesAndGoesOnlyWhereItWasSentUnderThatId() {
    engine.planned("one", 2);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    settle(chunk, 1, DeliveryState.SENT);
    settle(chunk, 2, DeliveryState.FAILED);
    Terms terms = new Terms(Kind.RETRY, "undelivered", Instant.EPOCH);

    assertThat(requeueAs("sm7", 1, terms, chunk)).isEmpty();
    assertThat(requeueAs("sm2", 2, terms, chunk)).isEmpty();
    assertThat(requeueAs("sm1", 1, terms, chunk)).hasSize(1);

    assertThat(engine.retries())
        .singleElement()
        .returns(3, Claim.OfRetry::attempts)
        .returns(null, Claim.OfRetry::requeuedAt)
        .returns(false, Claim.OfRetry::replay);
  }

  private List<DeliveryId> requeueAs(
      @Nullable String sentAs, int subscriber, Terms terms, Claim chunk) {
    return get(
        engine.requeues.requeue(List.of(new Order(engine.id(chunk, subscriber), sentAs)), terms));
  }

  @Test
  void itIsNotDueBeforeItsTime() {
    engine.planned("one", 1);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    settle(chunk, 1, DeliveryState.SENT);
    Terms later = new Terms(Kind.REPLAY, "replay", Instant.now().plus(Duration.ofHours(1)));

    assertThat(requeueAs(null, 1, later, chunk)).hasSize(1);
    assertThat(engine.retries()).isEmpty();
  }

  @Test
  void anOldReceiptSaysNothingOfTheNextMessage() {
    Update update = engine.planned("one", 1);
    Claim.OfChunk chunk = engine.chunks().getFirst();
    settle(chunk, 1, DeliveryState.SENT);
    get(new Receipts(engine.pool).record(engine.id(chunk, 1), "delivered", 3, ""));

    requeue(chunk, 1);

    assertThat(engine.recipient(update, 1).receipt()).isNull();
  }

  @Test
  void theAccountAddsUpWhileManyRequeueAndSettle() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int size = 900;
    Update update = engine.planned("one", size);
    List<Claim.OfChunk> chunks = engine.chunks();
    for (Claim.OfChunk chunk : chunks) {
      List<Settlement> batch = new ArrayList<>();
      for (int id : engine.members(chunk)) {
        batch.add(Settlement.sent(chunk, id, 1, "ok", Instant.now()));
      }
      engine.settle(batch);
    }

    for (int round = 0; round < 8; round++) {
      List<Future<List<DeliveryId>>> calls = new ArrayList<>();
      for (int caller = 0; caller < 3; caller++) {
        List<Order> orders = new ArrayList<>();
        for (Claim.OfChunk chunk : chunks) {
          for (int id : engine.members(chunk)) {
            if (random.nextInt(3) == 0) {
              orders.add(new Order(engine.id(chunk, id), null));
            }
          }
        }
        calls.add(engine.requeues.requeue(orders, REPLAY));
      }
      List<Settlement> batch = new ArrayList<>();
      for (Claim.OfRetry claim : engine.retries()) {
        batch.add(Settlement.sent(claim, claim.subscriber(), 1, "ok", Instant.now()));
      }
      engine.settle(batch);
      calls.forEach(LedgerFixture::get);
      Account account = engine.account(update);
      assertThat(account.pending())
          .as("seed %d", seed)
          .isEqualTo(engine.number("select count(*)::int from retry"));
      assertThat(account.sent() + account.pending()).as("seed %d", seed).isEqualTo(size);
    }
  }
}
