package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.delivery.Account;
import tocsin.delivery.Chunks;
import tocsin.delivery.Claim;
import tocsin.delivery.Delivery;
import tocsin.delivery.DeliveryState;
import tocsin.delivery.Ledger;
import tocsin.delivery.Settlement;
import tocsin.incident.Update;
import tocsin.limit.Rate;

class LaneTest {
  private static final Outcome SENT = new Outcome.Sent("queued-1");

  private EngineFixture engine;
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() throws Exception {
    engine = new EngineFixture();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private Outcome receive(Message.Email mail) {
    received.add(mail.recipient());
    return SENT;
  }

  @Test
  void everyoneOfAnAudienceIsSentToOnceAndTheAccountAddsUp() {
    Update update = engine.planned(engine.subscribers(1_234, "example.com"));
    engine.lane(this::receive);

    Account account = engine.accountWhenDone(update);

    assertThat(account.audience()).isEqualTo(1_234);
    assertThat(account.sent()).isEqualTo(1_234);
    assertThat(received).hasSize(1_234).doesNotHaveDuplicates();
    assertThat(account.firstSentAt()).isNotNull().isBeforeOrEqualTo(account.lastSentAt());
  }

  @Test
  void nothingIsWrittenPerRecipientBeforeItIsSent() {
    engine.planned(engine.subscribers(1_234, "example.com"));

    assertThat(engine.number("select count(*)::int from chunk")).isEqualTo(3);
    assertThat(engine.number("select count(*)::int from ledger")).isZero();
    assertThat(engine.number("select count(*)::int from retry")).isZero();
  }

  @Test
  void whatFailsForNowIsTriedAgainUnderTheSameId() {
    Update update = engine.planned(engine.subscribers(40, "example.com"));
    Map<DeliveryId, AtomicInteger> tries = new ConcurrentHashMap<>();
    engine.lane(mail ->
        tries.computeIfAbsent(mail.id(), id -> new AtomicInteger()).incrementAndGet() < 3
            ? new Outcome.Deferred(Reason.RECIPIENT_UNAVAILABLE, "451 later", null)
            : SENT);

    Account account = engine.accountWhenDone(update);

    assertThat(account.sent()).isEqualTo(40);
    assertThat(tries).hasSize(40).allSatisfy((id, n) -> assertThat(n).hasValue(3));
    assertThat(deliveries(update))
        .allSatisfy(delivery -> assertThat(delivery.attempts()).isEqualTo(3));
    assertThat(engine.number("select count(*)::int from retry")).isZero();
  }

  @Test
  void whatIsRefusedForGoodFailsAndQuarantinesOnlyADeadAddress() {
    RoaringBitmap dead = engine.subscribers(1, "dead.example");
    RoaringBitmap spam = engine.subscribers(1, "strict.example");
    Update update = engine.planned(RoaringBitmap.or(dead, spam));
    engine.lane(mail ->
        mail.recipient().endsWith("dead.example")
            ? new Outcome.Rejected(Reason.ADDRESS, "550 5.1.1 unknown")
            : new Outcome.Rejected(Reason.POLICY, "550 5.7.1 refused"));

    Account account = engine.accountWhenDone(update);

    assertThat(account.failed()).isEqualTo(2);
    assertThat(deliveries(update))
        .extracting(Delivery::detail)
        .containsExactlyInAnyOrder("address: 550 5.1.1 unknown", "policy: 550 5.7.1 refused");
    assertThat(standing(dead.first())).isEqualTo("quarantined");
    assertThat(standing(spam.first())).isEqualTo("active");
  }

  @Test
  void whoLeftIsWithdrawnAndWhoCannotBeReachedIsSuppressed() {
    RoaringBitmap members = engine.subscribers(6, "example.com");
    Update update = engine.planned(members);
    int first = members.first();
    engine.sql("update subscriber set standing = 'unsubscribed' where id = " + first);
    engine.sql("update subscriber set standing = 'deleted' where id = " + (first + 1));
    engine.sql("update subscriber set standing = 'quarantined' where id = " + (first + 2));
    engine.sql("update subscriber set standing = 'opted_out' where id = " + (first + 3));
    engine.lane(this::receive);

    Account account = engine.accountWhenDone(update);

    assertThat(account.withdrawn()).isEqualTo(2);
    assertThat(account.suppressed()).isEqualTo(2);
    assertThat(account.sent()).isEqualTo(2);
    assertThat(received).hasSize(2);
  }

  @Test
  void theRecordDoesNotQuoteTheAddressThoughTheServerDoes() {
    Update update = engine.planned(engine.subscribers(3, "example.com"));
    engine.lane(mail ->
        new Outcome.Rejected(
            Reason.ADDRESS,
            "550 5.1.1 <" + mail.recipient().toUpperCase(Locale.ROOT) + ">: unknown"));

    engine.accountWhenDone(update);

    assertThat(
            engine.number("select count(*)::int from ledger where details::text ilike '%unknown%'"))
        .isPositive();
    assertThat(
            engine.number(
                "select count(*)::int from ledger, subscriber"
                    + " where details::text ilike '%' || address || '%'"))
        .isZero();
  }

  @Test
  void whoLeavesWhileTheMessageWaitsInHandOrInTheDatabaseIsWithdrawnBeforeItsTurn() {
    engine.limiter.rates(Map.of("email:domain:slow.example", new Rate(1, Duration.ofHours(1))));
    RoaringBitmap members = engine.subscribers(700, "slow.example");
    Update update = engine.planned(members);
    engine.lane(this::receive);
    Awaitility.await().until(() -> account(update).sent() == 1 && waiting() > 600);

    engine.sql("update subscriber set standing = 'unsubscribed', changed = pg_current_xact_id()");

    assertThat(engine.accountWhenDone(update).withdrawn()).isEqualTo(699);
    assertThat(received).hasSize(1);
  }

  private int waiting() {
    return engine.number("select count(*)::int from retry where waits_for is not null");
  }

  @Test
  void aSenderThatThrowsIsTriedAgainAndStopsNobody() {
    Update update = engine.planned(engine.subscribers(20, "example.com"));
    AtomicInteger calls = new AtomicInteger();
    engine.lane(mail -> {
      if (calls.incrementAndGet() <= 5) {
        throw new IllegalStateException("planted");
      }
      return receive(mail);
    });

    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(20);
  }

  @Test
  void whatWouldBeTooOldByItsNextTryFails() {
    Update update = engine.planned(engine.subscribers(3, "example.com"));
    engine.lane(
        mail -> new Outcome.Deferred(Reason.UNAVAILABLE, "451 later", null),
        new RetryPolicy(List.of(Duration.ofHours(2)), Duration.ofHours(1)),
        2);

    assertThat(engine.accountWhenDone(update).failed()).isEqualTo(3);
    assertThat(deliveries(update))
        .extracting(Delivery::detail)
        .containsOnly("expired: unavailable: 451 later");
  }

  @Test
  void whatWaitedUntilItIsNoNewsIsNotSent() {
    Update update = engine.planned(engine.subscribers(3, "example.com"));
    engine.sql("update incident_update set accepted_at = now() - interval '2 h'");
    engine.lane(this::receive);

    assertThat(engine.accountWhenDone(update).failed()).isEqualTo(3);
    assertThat(received).isEmpty();
  }

  @Test
  void waitingForALimitCostsNoAttemptAndASlowDomainHoldsUpNobodyElse() {
    engine.limiter.rates(Map.of("email:domain:slow.example", new Rate(1, Duration.ofHours(1))));
    RoaringBitmap slow = engine.subscribers(700, "slow.example");
    RoaringBitmap fast = engine.subscribers(700, "fast.example");
    Update update = engine.planned(RoaringBitmap.or(slow, fast));
    engine.lane(this::receive);

    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> account(update).sent() == 701);

    assertThat(deliveries(update))
        .filteredOn(delivery -> delivery.state() != DeliveryState.SENT)
        .hasSize(699)
        .allSatisfy(delivery -> {
          assertThat(delivery.state()).isIn(DeliveryState.DEFERRED, DeliveryState.PENDING);
          assertThat(delivery.attempts()).isZero();
        });
  }

  @Test
  void aRaisedLimitTakesEffectForThoseWhoWait() {
    engine.limiter.rates(Map.of("email:domain:slow.example", new Rate(1, Duration.ofHours(1))));
    Update update = engine.planned(engine.subscribers(50, "slow.example"));
    Lane lane = engine.lane(this::receive);
    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from retry where reason = 'limit'") == 49);

    engine.limiter.rates(Map.of());
    lane.limitsChanged();

    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(50);
  }

  @Test
  void aLimitOfTheWholeAccountHandsTheChunksBackInsteadOfHoldingThem() {
    engine.limiter.rates(Map.of("email", new Rate(1, Duration.ofHours(1))));
    Update update = engine.planned(engine.subscribers(1_200, "example.com"));
    Lane lane = engine.lane(this::receive);

    Awaitility.await().until(() -> account(update).sent() == 1);
    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from chunk where leased") == 0);

    assertThat(engine.number("select count(*)::int from retry")).isZero();

    engine.limiter.rates(Map.of());
    lane.limitsChanged();
    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(1_200);
    assertThat(received).hasSize(1_200).doesNotHaveDuplicates();
  }

  @Test
  void aChunkGoesBackOnlyWhenEverythingSentFromItIsOnRecord() {
    engine.limiter.rates(Map.of("email", new Rate(1, Duration.ofHours(1))));
    Update update = engine.planned(engine.subscribers(20, "example.com"));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    engine.lane(mail -> {
      entered.countDown();
      awaits(released);
      return receive(mail);
    });
    assertThat(awaits(entered)).isTrue();

    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .until(() -> engine.number("select count(*)::int from chunk where leased") == 1);
    released.countDown();

    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from chunk where not leased") == 1);
    assertThat(account(update).sent()).isEqualTo(1);
  }

  @Test
  void aDomainsLimitIsUsedUpWhileManyWaitForIt() {
    engine.limiter.rates(Map.of("email:domain:slow.example", new Rate(50, Duration.ofSeconds(1))));
    Update update = engine.planned(engine.subscribers(400, "slow.example"));
    engine.lane(this::receive);

    // eight seconds at the limit, a minute and more when every turn is lost
    Awaitility.await().atMost(Duration.ofSeconds(24)).until(() -> account(update).pending() == 0);

    assertThat(received).hasSize(400).doesNotHaveDuplicates();
  }

  @Test
  void aProviderThatRefusesUsIsNotAskedForEachRecipient() {
    engine.planned(engine.subscribers(400, "example.com"));
    AtomicInteger calls = new AtomicInteger();
    engine.lane(mail -> {
      calls.incrementAndGet();
      return new Outcome.Deferred(Reason.OPERATOR, "535 authentication failed", null);
    });

    Awaitility.await().until(() -> calls.get() > 0);
    Awaitility.await().during(Duration.ofSeconds(2)).until(() -> calls.get() < 40);
  }

  @Test
  void aChangeOfTheLimitsLeavesWhatIsInFlightAlone() {
    engine.limiter.rates(Map.of("email:domain:slow.example", new Rate(1, Duration.ofHours(1))));
    Update update = engine.planned(engine.subscribers(3, "slow.example"));
    CountDownLatch inFlight = new CountDownLatch(3);
    CountDownLatch released = new CountDownLatch(1);
    Lane lane =
        engine.lane(mail -> {
          inFlight.countDown();
          if (inFlight.getCount() < 2) {
            awaits(released);
          }
          return receive(mail);
        });
    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from retry where reason = 'limit'") == 2);
    engine.limiter.rates(Map.of());
    lane.limitsChanged();
    assertThat(awaits(inFlight)).isTrue();

    lane.limitsChanged();
    engine.lane(this::receive).limitsChanged();
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .until(() -> engine.number("select max(claim) from retry") == 1);
    released.countDown();

    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(3);
    assertThat(received).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aStoppedLaneHandsBackWhatItDidNotSendAndAnotherFinishes() {
    Update update = engine.planned(engine.subscribers(2_000, "example.com"));
    CountDownLatch some = new CountDownLatch(100);
    engine.lane(
        mail -> {
          some.countDown();
          return receive(mail);
        },
        EngineFixture.AT_ONCE,
        2);
    assertThat(awaits(some)).isTrue();

    engine.stopLanes();

    assertThat(account(update).sent()).isEqualTo(received.size()).isLessThan(2_000);
    engine.lane(this::receive);
    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(2_000);
    assertThat(received).hasSize(2_000).doesNotHaveDuplicates();
  }

  @Test
  void settlingUnderALostClaimChangesNothing() {
    RoaringBitmap members = engine.subscribers(3, "example.com");
    Update update = engine.planned(members);
    Claim late =
        EngineFixture.get(new Chunks(engine.pool).claim(Channel.EMAIL, 12, 0, 1, Duration.ZERO))
            .claimed()
            .getFirst()
            .claim();
    engine.lane(this::receive);
    Account account = engine.accountWhenDone(update);

    int accepted =
        EngineFixture.get(
            new Ledger(engine.pool)
                .settle(Channel.EMAIL, 1, List.of(refusal(late, members.first()))));

    assertThat(accepted).isZero();
    assertThat(account(update)).isEqualTo(account);
    assertThat(deliveries(update)).extracting(Delivery::state).containsOnly(DeliveryState.SENT);
  }

  @Test
  void aFlushThatIsRepeatedCountsOnce() {
    RoaringBitmap members = engine.subscribers(3, "example.com");
    Update update = engine.planned(members);
    Claim claim =
        EngineFixture.get(
                new Chunks(engine.pool).claim(Channel.EMAIL, 12, 0, 1, Duration.ofMinutes(1)))
            .claimed()
            .getFirst()
            .claim();
    Ledger ledger = new Ledger(engine.pool);
    List<Settlement> flush = List.of(refusal(claim, members.first()));

    assertThat(EngineFixture.get(ledger.settle(Channel.EMAIL, 1, flush))).isEqualTo(1);
    assertThat(EngineFixture.get(ledger.settle(Channel.EMAIL, 1, flush))).isZero();

    assertThat(account(update).failed()).isEqualTo(1);
    assertThat(engine.number("select count(*)::int from ledger")).isEqualTo(1);
  }

  private static Settlement refusal(Claim claim, int subscriber) {
    return Settlement.failed(claim, subscriber, 1, Reason.POLICY, "late", Instant.now());
  }

  @Test
  void connectionsCutWhileSettlingLoseNothing() {
    Update update = engine.planned(engine.subscribers(3_000, "example.com"));
    AtomicInteger calls = new AtomicInteger();
    engine.lane(mail -> {
      if (calls.incrementAndGet() % 700 == 0) {
        cutConnections();
      }
      return receive(mail);
    });

    Account account = engine.accountWhenDone(update);

    assertThat(account.sent()).isEqualTo(3_000);
    assertThat(List.copyOf(received).stream().distinct()).hasSize(3_000);
  }

  @Test
  void theAccountAddsUpAtEveryMoment() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RoaringBitmap members = engine.subscribers(2_500, "example.com");
    Update update = engine.planned(members);
    engine.sql("update subscriber set standing = 'quarantined' where id % 17 = 0");
    engine.lane(mail ->
        switch (random.nextInt(5)) {
          case 0 -> new Outcome.Deferred(Reason.TIMEOUT, "", null);
          case 1 -> new Outcome.Rejected(Reason.CONTENT, "552");
          default -> receive(mail);
        });

    int looks = 0;
    Account account;
    do {
      account = account(update);
      looks++;
      assertThat(account.pending()).as("seed %d look %d", seed, looks).isBetween(0, 2_500);
      assertThat(account.audience()).isEqualTo(2_500);
    } while (account.pending() > 0);

    assertThat(account.sent()).as("seed %d", seed).isEqualTo(received.size());
    assertThat(account.suppressed()).isPositive();
    assertThat(
            deliveries(update).stream()
                .collect(Collectors.groupingBy(Delivery::state, Collectors.counting())))
        .as("seed %d", seed)
        .isEqualTo(
            Map.of(
                DeliveryState.SENT, (long) account.sent(),
                DeliveryState.FAILED, (long) account.failed(),
                DeliveryState.SUPPRESSED, (long) account.suppressed()));
  }

  private void cutConnections() {
    engine
        .pool
        .query(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()")
        .execute();
  }

  private Account account(Update update) {
    return engine.account(update);
  }

  private List<Delivery> deliveries(Update update) {
    return EngineFixture.get(engine.deliveries.ofUpdate(update.id(), null, 10_000));
  }

  private String standing(int subscriber) {
    return EngineFixture.get(
            engine.pool.query("select standing from subscriber where id = " + subscriber).execute())
        .iterator()
        .next()
        .getString(0);
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
