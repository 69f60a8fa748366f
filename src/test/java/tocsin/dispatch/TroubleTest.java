package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.UpdateChoice;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.delivery.Account;
import tocsin.delivery.Chunks;
import tocsin.delivery.Delivery;
import tocsin.delivery.Plans.Part;
import tocsin.incident.Status;
import tocsin.incident.Update;

/** Providers that are down, hosts that hang, chunks that end their holders. */
class TroubleTest {
  private static final Outcome SENT = new Outcome.Sent("queued-1");
  private static final Outcome DOWN = new Outcome.Deferred(Reason.CONNECTION, "refused", null);

  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private EngineFixture engine;

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
  void aProviderThatIsDownCostsAlmostNoAttemptsAndNobodyIsLost() {
    Update update = engine.planned(engine.subscribers(600, "example.com"));
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean down = new AtomicBoolean(true);
    engine.lane(mail -> {
      calls.incrementAndGet();
      return down.get() ? DOWN : receive(mail);
    });
    Awaitility.await().until(() -> calls.get() >= 10);
    Awaitility.await().during(Duration.ofSeconds(4)).until(() -> calls.get() < 30);

    down.set(false);

    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(600);
    assertThat(
            EngineFixture.get(engine.deliveries.ofUpdate(update.id(), null, 1_000)).stream()
                .mapToInt(Delivery::attempts)
                .sum())
        .isLessThan(600 + 30);
  }

  @Test
  void aHostThatIsDownDoesNotHoldUpAnotherAndItsRecipientsWait() {
    RoaringBitmap dead = engine.endpoints(700, "dead.example", UpdateChoice.LATEST);
    RoaringBitmap live = engine.endpoints(700, "live.example", UpdateChoice.LATEST);
    Update update =
        engine.next(
            "down", Status.IDENTIFIED, new Part(Channel.WEBHOOK, 4, RoaringBitmap.or(dead, live)));
    AtomicBoolean down = new AtomicBoolean(true);
    AtomicInteger refused = new AtomicInteger();
    engine.webhooks(
        event -> {
          if (down.get() && event.endpoint().contains("dead.example")) {
            refused.incrementAndGet();
            return DOWN;
          }
          return SENT;
        },
        EngineFixture.AT_ONCE,
        8);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.account(update, Channel.WEBHOOK).sent() == 700);
    assertThat(refused).hasValueLessThan(30);

    down.set(false);

    assertThat(engine.accountWhenDone(update, Channel.WEBHOOK).sent()).isEqualTo(1_400);
  }

  @Test
  void hostsThatHangHoldUpFewOthers() {
    RoaringBitmap endpoints = engine.endpoints(200, "live.example", UpdateChoice.LATEST);
    for (int n = 0; n < 3; n++) {
      endpoints.or(engine.endpoints(50, "hangs-%d.example".formatted(n), UpdateChoice.LATEST));
    }
    Update update = engine.next("down", Status.IDENTIFIED, new Part(Channel.WEBHOOK, 4, endpoints));
    CountDownLatch released = new CountDownLatch(1);
    engine.webhooks(
        event -> {
          if (event.endpoint().contains("hangs")) {
            awaits(released);
          }
          return SENT;
        },
        EngineFixture.AT_ONCE,
        16);

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.account(update, Channel.WEBHOOK).sent() == 200);
    released.countDown();

    assertThat(engine.accountWhenDone(update, Channel.WEBHOOK).sent()).isEqualTo(350);
  }

  @Test
  void noMoreIsClaimedForABusyHostThanItTakesSoon() {
    engine.sql("create table detour (subscriber int)");
    engine.sql(
        """
        create function note() returns trigger language plpgsql as
          'begin insert into detour values (new.subscriber); return null; end'
        """);
    engine.sql("create trigger note after insert on retry for each row execute function note()");
    RoaringBitmap endpoints = engine.endpoints(20_000, "busy.example", UpdateChoice.LATEST);
    Update update = engine.next("down", Status.IDENTIFIED, new Part(Channel.WEBHOOK, 4, endpoints));
    engine.webhooks(event -> SENT, EngineFixture.AT_ONCE, 16);

    assertThat(engine.accountWhenDone(update, Channel.WEBHOOK).sent()).isEqualTo(20_000);
    assertThat(engine.number("select count(*)::int from detour")).isZero();
  }

  @Test
  void aSendThatHangsLosesItsSlotAndIsTriedAgain() {
    engine.longestSend = Duration.ofMillis(300);
    Update update = engine.planned(engine.subscribers(200, "example.com"));
    Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    CountDownLatch never = new CountDownLatch(1);
    engine.lane(
        mail -> {
          int nth =
              tries.computeIfAbsent(mail.recipient(), a -> new AtomicInteger()).incrementAndGet();
          if (nth == 1 && mail.recipient().indexOf('@') == 1) {
            awaitsWhateverHappens(never);
          }
          return receive(mail);
        },
        EngineFixture.AT_ONCE,
        // fewer than there are sends that hang
        4);

    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(200);
    never.countDown();
    assertThat(tries).allSatisfy((address, n) -> assertThat(n).hasValueBetween(1, 2));
    long hung = tries.values().stream().filter(n -> n.get() == 2).count();
    assertThat(hung).isPositive();
    assertThat(engine.traces.attributes)
        .hasSize(200 + Math.toIntExact(hung))
        .filteredOn(send -> "timeout".equals(send.get("tocsin.reason")))
        .hasSize(Math.toIntExact(hung));
  }

  @Test
  void aLaneThatIsCutHandsBackWhatHangsAndAnotherFinishes() throws Exception {
    Update update = engine.planned(engine.subscribers(500, "example.com"));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Lane lane =
        engine.lane(
            mail -> {
              begun.countDown();
              awaitsWhateverHappens(never);
              return receive(mail);
            },
            EngineFixture.AT_ONCE,
            2);
    begun.await();

    Thread stopping = Thread.startVirtualThread(engine::stopLanes);
    assertThat(stopping.join(Duration.ofMillis(500))).isFalse();
    lane.cut();
    assertThat(stopping.join(Duration.ofSeconds(20))).isTrue();

    assertThat(engine.number("select count(*) from chunk where leased")).isZero();
    engine.lane(this::receive);
    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(500);
    never.countDown();
  }

  @Test
  void aFullDiskStopsTheSendingUntilThereIsRoomAndLosesNothing() {
    engine.sql(
        """
        create function full_disk() returns trigger language plpgsql as
          'begin raise exception using errcode = ''53100'', message = ''no space left''; end'
        """);
    engine.sql("create trigger full_disk before insert on ledger execute function full_disk()");
    Update update = engine.planned(engine.subscribers(20_000, "example.com"));
    engine.lane(this::receive);
    Awaitility.await().until(() -> !received.isEmpty());
    // what one flush holds, what came while it was tried, and one send a worker
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .until(() -> received.size() <= 10_000 && engine.account(update).sent() == 0);

    engine.sql("drop trigger full_disk on ledger");

    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(20_000);
    assertThat(received).hasSize(20_000).doesNotHaveDuplicates();
  }

  @Test
  void theChunksOfADeadNodeAreTakenOverWhenItsLeaseEndsAndNotBefore() {
    Update update = engine.planned(engine.subscribers(20, "example.com"));
    EngineFixture.get(
        new Chunks(engine.pool).claim(Channel.EMAIL, 12, 0, 1, Duration.ofSeconds(3)));
    int secondsLeft =
        engine.number("select floor(extract(epoch from claimable_at - now()))::int from chunk");
    Instant before = Instant.now().plusSeconds(secondsLeft);
    engine.lane(this::receive);

    Account account = engine.accountWhenDone(update);

    assertThat(account.sent()).isEqualTo(20);
    assertThat(account.firstSentAt()).isAfterOrEqualTo(before);
    assertThat(received).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aChunkThatEndsItsHoldersIsParkedAndProgressForgives() {
    Update update = engine.planned(engine.subscribers(20, "example.com"));
    Chunks chunks = new Chunks(engine.pool);
    for (int holder = 0; holder < 5; holder++) {
      assertThat(EngineFixture.get(chunks.claim(Channel.EMAIL, 12, 0, 1, Duration.ZERO)).claimed())
          .hasSize(1);
    }

    Chunks.Claims last = EngineFixture.get(chunks.claim(Channel.EMAIL, 12, 0, 1, Duration.ZERO));

    assertThat(last.claimed()).isEmpty();
    assertThat(last.parked()).isEqualTo(1);
    engine.lane(this::receive);
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .until(() -> engine.account(update).pending() == 20);

    engine.sql("update chunk set parked_at = null, takeovers = 4");
    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(20);
    assertThat(engine.number("select max(takeovers)::int from chunk")).isZero();
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As native code does that knows of no interruption. */
  private static void awaitsWhateverHappens(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException e) {
        over = false;
      }
    }
  }
}
