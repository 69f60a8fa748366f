package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.audience.UpdateChoice;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.delivery.Account;
import tocsin.delivery.Plans;
import tocsin.delivery.Plans.Part;
import tocsin.delivery.Plans.Plan;
import tocsin.delivery.Requeues;
import tocsin.incident.Status;
import tocsin.incident.Update;

/** The order of one incident's updates for each of its recipients. */
class SupersedingTest {
  private static final Outcome SENT = new Outcome.Sent("queued-1");
  private static final RetryPolicy LATER =
      new RetryPolicy(List.of(Duration.ofMinutes(5)), Duration.ofHours(1));

  private EngineFixture engine;

  /** By recipient, the audiences of what it got, in the order in which it did. */
  private final Map<Integer, Queue<Integer>> received = new ConcurrentHashMap<>();

  @BeforeEach
  void start() throws Exception {
    engine = new EngineFixture();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private Outcome receive(Message message) {
    received
        .computeIfAbsent(message.id().subscriber(), id -> new ConcurrentLinkedQueue<>())
        .add(message.id().audience());
    return SENT;
  }

  private Update next(Status status, Channel channel, RoaringBitmap members) {
    return engine.next("down", status, new Part(channel, 4, members));
  }

  private void everybodyGotThemInOrder(int messages) {
    assertThat(received.values())
        .allSatisfy(got -> {
          assertThat(List.copyOf(got)).isSorted().doesNotHaveDuplicates();
          assertThat(got).hasSizeLessThanOrEqualTo(messages);
        });
  }

  @Test
  void whoWaitsForAnOlderUpdateGetsTheNewerOneInstead() {
    RoaringBitmap members = engine.subscribers(1_200, "example.com");
    Update older = next(Status.INVESTIGATING, Channel.EMAIL, members);
    Update newer = next(Status.IDENTIFIED, Channel.EMAIL, members);
    engine.lane(this::receive);

    assertThat(engine.accountWhenDone(newer).sent()).isEqualTo(1_200);
    assertThat(engine.accountWhenDone(older).superseded()).isEqualTo(1_200);
    everybodyGotThemInOrder(1);
  }

  @Test
  void whoIsNotToldOfTheNewerUpdateStillGetsTheOlder() {
    RoaringBitmap here = engine.subscribers(10, "example.com");
    RoaringBitmap there = engine.subscribers(10, "example.org");
    Update older = next(Status.INVESTIGATING, Channel.EMAIL, RoaringBitmap.or(here, there));
    Update newer = next(Status.IDENTIFIED, Channel.EMAIL, here);
    engine.lane(this::receive);

    assertThat(engine.accountWhenDone(newer).sent()).isEqualTo(10);
    Account account = engine.accountWhenDone(older);
    assertThat(account.superseded()).isEqualTo(10);
    assertThat(account.sent()).isEqualTo(10);
  }

  @Test
  void whatIsAlreadyInHandIsSupersededToo() {
    RoaringBitmap members = engine.subscribers(400, "example.com");
    Update older = next(Status.INVESTIGATING, Channel.EMAIL, members);
    CountDownLatch entered = new CountDownLatch(2);
    CountDownLatch released = new CountDownLatch(1);
    Lane lane =
        engine.lane(
            mail -> {
              entered.countDown();
              awaits(released);
              return receive(mail);
            },
            EngineFixture.AT_ONCE,
            2);
    awaits(entered);

    Update newer = next(Status.IDENTIFIED, Channel.EMAIL, members);
    lane.wake();
    Awaitility.await().until(() -> engine.account(older).superseded() == 398);
    released.countDown();

    assertThat(engine.accountWhenDone(newer).sent()).isEqualTo(400);
    assertThat(engine.accountWhenDone(older).sent()).isEqualTo(2);
    everybodyGotThemInOrder(2);
  }

  @Test
  void anOlderUpdateIsLeftAloneFromTheMomentThatANewerOneIsAccepted() {
    RoaringBitmap members = engine.subscribers(50, "example.com");
    Update older = next(Status.INVESTIGATING, Channel.EMAIL, members);
    engine.accept("down", Status.IDENTIFIED);
    engine.lane(this::receive);
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .until(() -> engine.account(older).pending() == 50);

    Update newer = engine.plan(new Part(Channel.EMAIL, 4, members));

    assertThat(engine.accountWhenDone(newer).sent()).isEqualTo(50);
    assertThat(engine.accountWhenDone(older).superseded()).isEqualTo(50);
  }

  @Test
  void anUpdateThatWaitsForTheNextIsPlannedWithItOrWhenNoneComes() {
    Function<Update, Future<Plan>> nobody =
        update -> Future.succeededFuture(new Plan.Fanout(List.of()));
    engine.accept("down", Status.INVESTIGATING);
    Plans gathering = new Plans(engine.pool, Duration.ofMinutes(1));
    assertThat(EngineFixture.get(gathering.next(nobody))).isEmpty();

    engine.accept("down", Status.IDENTIFIED);

    assertThat(EngineFixture.get(gathering.next(nobody)).orElseThrow().sequence()).isEqualTo(1);
    assertThat(EngineFixture.get(gathering.next(nobody))).isEmpty();
    engine.sql("update incident_update set accepted_at = now() - interval '1 min'");
    assertThat(EngineFixture.get(gathering.next(nobody)).orElseThrow().sequence()).isEqualTo(2);
  }

  @Test
  void anUpdateThatClosesTheIncidentIsNeverDropped() {
    RoaringBitmap members = engine.subscribers(700, "example.com");
    Update resolved = next(Status.RESOLVED, Channel.EMAIL, members);
    Update postmortem = next(Status.POSTMORTEM, Channel.EMAIL, members);
    engine.lane(this::receive);

    assertThat(engine.accountWhenDone(postmortem).sent()).isEqualTo(700);
    assertThat(engine.accountWhenDone(resolved).sent()).isEqualTo(700);
    everybodyGotThemInOrder(2);
  }

  @Test
  void anEndpointThatWantsEveryUpdateGetsThemInTheirOrder() {
    RoaringBitmap every = engine.endpoints(20, "every.example", UpdateChoice.EVERY);
    RoaringBitmap latest = engine.endpoints(20, "latest.example", UpdateChoice.LATEST);
    RoaringBitmap all = RoaringBitmap.or(every, latest);
    List<Update> updates = new ArrayList<>();
    for (Status status : List.of(Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)) {
      updates.add(next(status, Channel.WEBHOOK, all));
    }
    engine.webhooks(this::receive, EngineFixture.AT_ONCE, 8);

    updates.forEach(update -> engine.accountWhenDone(update, Channel.WEBHOOK));

    received.forEach((id, got) -> assertThat(got).hasSize(every.contains(id) ? 3 : 1));
    everybodyGotThemInOrder(3);
  }

  @Test
  void whoCouldNotBeReachedGetsTheCurrentStateOnceAndNotWhatIsStale() {
    RoaringBitmap members = engine.endpoints(3, "down.example", UpdateChoice.LATEST);
    Update older = next(Status.INVESTIGATING, Channel.WEBHOOK, members);
    engine.webhooks(
        event ->
            event.id().audience() == audience(older)
                ? new Outcome.Deferred(Reason.UNAVAILABLE, "HTTP 503", null)
                : receive(event),
        LATER,
        4);
    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from retry where not leased") == 3);

    Update newer = next(Status.IDENTIFIED, Channel.WEBHOOK, members);

    assertThat(engine.accountWhenDone(older, Channel.WEBHOOK).superseded()).isEqualTo(3);
    assertThat(engine.accountWhenDone(newer, Channel.WEBHOOK).sent()).isEqualTo(3);
    assertThat(received.values()).allSatisfy(got -> assertThat(got).hasSize(1));
  }

  @Test
  void twoHundredUpdatesInARowOverTwoNodesNeverGoBackForAnybody() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RoaringBitmap members = engine.subscribers(300, "example.com");
    engine.lane(this::receive, EngineFixture.AT_ONCE, 4).wake();
    engine.lane(this::receive, EngineFixture.AT_ONCE, 4).wake();
    List<Update> updates = new ArrayList<>();
    for (int n = 0; n < 200; n++) {
      RoaringBitmap some = new RoaringBitmap();
      members.forEach((int id) -> {
        if (random.nextInt(3) > 0) {
          some.add(id);
        }
      });
      updates.add(next(Status.IDENTIFIED, Channel.EMAIL, some));
    }
    updates.add(next(Status.RESOLVED, Channel.EMAIL, members));

    assertThat(engine.accountWhenDone(updates.getLast()).sent()).isEqualTo(300);
    updates.forEach(update -> {
      Account account = engine.accountWhenDone(update);
      assertThat(account.sent() + account.superseded()).isEqualTo(account.audience());
    });
    assertThat(received).as("seed %d", seed).hasSize(300);
    everybodyGotThemInOrder(201);
  }

  @Test
  void anEndpointThatWasAwayGetsEveryUpdateInOrderWhenItIsBack() {
    RoaringBitmap members = engine.endpoints(3, "down.example", UpdateChoice.EVERY);
    AtomicInteger refusals = new AtomicInteger(6);
    engine.webhooks(
        event ->
            refusals.getAndDecrement() > 0
                ? new Outcome.Deferred(Reason.UNAVAILABLE, "HTTP 503", null)
                : receive(event),
        EngineFixture.AT_ONCE,
        4);
    List<Update> updates = new ArrayList<>();
    for (Status status : List.of(Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)) {
      updates.add(next(status, Channel.WEBHOOK, members));
    }

    updates.forEach(
        update -> assertThat(engine.accountWhenDone(update, Channel.WEBHOOK).sent()).isEqualTo(3));
    assertThat(received.values()).allSatisfy(got -> assertThat(got).hasSize(3));
    everybodyGotThemInOrder(3);
  }

  @Test
  void whatIsReplayedComesAgainInItsOrderAndIsNotSuperseded() {
    RoaringBitmap members = engine.endpoints(2, "latest.example", UpdateChoice.LATEST);
    List<Update> updates = new ArrayList<>();
    for (Status status : List.of(Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING)) {
      updates.add(next(status, Channel.WEBHOOK, members));
    }
    AtomicBoolean away = new AtomicBoolean();
    Lane lane =
        engine.webhooks(
            event ->
                away.compareAndSet(true, false)
                    ? new Outcome.Deferred(Reason.UNAVAILABLE, "HTTP 503", null)
                    : receive(event),
            EngineFixture.AT_ONCE,
            4);
    updates.forEach(update -> engine.accountWhenDone(update, Channel.WEBHOOK));
    received.clear();
    away.set(true);

    int one = members.first();
    List<Requeues.Order> orders =
        updates.reversed().stream()
            .map(update -> new Requeues.Order(new DeliveryId(audience(update), one), null))
            .toList();
    EngineFixture.get(
        new Requeues(engine.pool, engine.audiences)
            .requeue(orders, new Requeues.Terms(Requeues.Kind.REPLAY, "replay", Instant.EPOCH)));
    lane.wake();

    updates.forEach(update -> engine.accountWhenDone(update, Channel.WEBHOOK));
    assertThat(received).containsOnlyKeys(one);
    assertThat(List.copyOf(received.getOrDefault(one, new ConcurrentLinkedQueue<>())))
        .isEqualTo(updates.stream().map(this::audience).toList());
  }

  private int audience(Update update) {
    return engine.number("select id from audience where update_id = " + update.id());
  }

  private static void awaits(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
