package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.audience.Channel;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.delivery.Plans;
import tocsin.incident.Status;
import tocsin.incident.Update;
import tocsin.limit.Rate;

/** What every channel does with its limits, with a shutdown and with the id of a message. */
class LaneContractTest {
  private EngineFixture engine;

  @BeforeEach
  void open() throws Exception {
    engine = new EngineFixture();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @EnumSource
  void aLimitOfTheChannelHoldsAndCostsNobodyAnAttempt(Channel channel) {
    engine.limiter.rates(Map.of(channel.word(), new Rate(1, Duration.ofHours(1))));
    Queue<String> sent = new ConcurrentLinkedQueue<>();
    engine.lane(
        channel,
        message -> {
          sent.add(message.id().toString());
          return new Outcome.Sent("");
        },
        4);
    Update update = planned(channel, 5);

    await().until(() -> engine.account(update, channel).sent() == 1);
    engine.stopLanes();

    assertThat(sent).hasSize(1);
    assertThat(engine.account(update, channel).pending()).isEqualTo(4);
    assertThat(engine.number("select coalesce(max(attempts), 0)::int from retry")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aShutdownLetsEndWhatIsUnderWayAndHandsBackTheRest(Channel channel) throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch goOn = new CountDownLatch(1);
    engine.lane(
        channel,
        message -> {
          begun.countDown();
          awaitUninterruptibly(goOn);
          return new Outcome.Sent("");
        },
        // a webhook host gets half of them
        4);
    Update update = planned(channel, 10);
    begun.await();

    Thread shutdown = Thread.startVirtualThread(engine::stopLanes);
    goOn.countDown();
    shutdown.join();

    int sent = engine.account(update, channel).sent();
    assertThat(sent).isGreaterThanOrEqualTo(2);
    assertThat(engine.account(update, channel).pending()).isEqualTo(10 - sent);
    assertThat(engine.number("select count(*)::int from chunk where leased and not done")).isZero();
    assertThat(engine.number("select count(*)::int from retry where leased")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void everyAttemptCarriesTheSameId(Channel channel) {
    Queue<String> tried = new ConcurrentLinkedQueue<>();
    engine.lane(
        channel,
        message -> {
          tried.add(message.id().toString());
          return tried.size() == 1
              ? new Outcome.Deferred(Reason.RECIPIENT_UNAVAILABLE, "later", null)
              : new Outcome.Sent("");
        },
        1);
    Update update = planned(channel, 1);

    assertThat(engine.accountWhenDone(update, channel).sent()).isEqualTo(1);
    assertThat(tried).hasSize(2);
    assertThat(List.copyOf(tried).getFirst()).isEqualTo(List.copyOf(tried).getLast());
  }

  private Update planned(Channel channel, int recipients) {
    return engine.next(
        "incident-1",
        Status.IDENTIFIED,
        new Plans.Part(channel, 4, engine.members(channel, recipients)));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
