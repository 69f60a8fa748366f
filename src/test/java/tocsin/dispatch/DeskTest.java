package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tocsin.audience.Channel;
import tocsin.channel.Reason;
import tocsin.delivery.Claim;
import tocsin.limit.Grant;
import tocsin.limit.Limiter;
import tocsin.limit.Rate;

class DeskTest {
  private static final Claim.OfChunk CLAIM = new Claim.OfChunk(1, 0, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Each look at the clock finds it a millisecond later: whatever was about to come has come. */
  private final AtomicLong clock = new AtomicLong();

  private final Time time =
      new Time(InstantSource.system(), () -> clock.addAndGet(Duration.ofMillis(1).toNanos()));

  private final Limiter limiter =
      new Limiter(
          time.ticker(),
          wants ->
              Future.succeededFuture(
                  wants.stream()
                      .map(want -> new Grant(want, 1, 1, clock.get() + 3_000_000, clock.get()))
                      .toList()));
  private final Leases leases = new Leases(time);
  private final Desk desk =
      new Desk(
          4,
          HostRules.of(Channel.SMS, 4),
          limiter,
          leases,
          new LaneMetrics(Channel.SMS, new SimpleMeterRegistry()),
          new Signal(),
          time);

  private void put(int count) {
    leases.add(CLAIM, count, clock.get());
    assertThat(
            desk.add(
                IntStream.range(1, count + 1)
                    .mapToObj(subscriber -> Texts.ready(CLAIM, subscriber, Instant.EPOCH))
                    .toList()))
        .isEmpty();
  }

  private Turn take() {
    return assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          Turn turn = desk.poll();
          while (turn == null) {
            assertThat(desk.await()).isTrue();
            turn = desk.poll();
          }
          return turn;
        });
  }

  @Test
  void aPermitThatComesWhileNobodyLooksIsNotSleptThrough() {
    limiter.rates(Map.of("sms", new Rate(100, Duration.ofSeconds(1))));
    put(50);

    for (int n = 0; n < 50; n++) {
      desk.done(take(), null);
    }
  }

  @Test
  void aProviderThatIsDownIsTriedOutByOneAtATime() {
    put(50);
    for (int n = 0; n < 10; n++) {
      desk.done(take(), Reason.CONNECTION);
    }
    assertThat(desk.blockedFor()).isPositive();
    clock.addAndGet(Duration.ofSeconds(2).toNanos());

    Turn probe = take();

    assertThat(probe.probe()).isTrue();
    assertThat(desk.busy()).isEqualTo(1);
    desk.done(probe, null);
    assertThat(desk.down()).isZero();
    assertThat(take().probe()).isFalse();
  }
}
