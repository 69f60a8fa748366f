package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.audience.Channel;
import tocsin.channel.Reason;
import tocsin.dispatch.RetryPolicy.Decision;

class RetryPolicyTest {
  private static final Duration NEW = Duration.ZERO;

  private static Decision.Again again(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Again.class);
    return (Decision.Again) decision;
  }

  @ParameterizedTest
  @EnumSource(Channel.class)
  void delaysGrowStayCappedAndAreSpreadByAFifth(Channel channel) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    RetryPolicy policy = RetryPolicy.of(channel);
    for (int failed = 0; failed < 30; failed++) {
      double own = policy.delays().get(Math.min(failed, policy.delays().size() - 1)).toMillis();
      Decision.Again next = again(policy.decide(Reason.UNAVAILABLE, null, failed + 1, NEW, random));
      assertThat((double) next.after().toMillis())
          .as("seed %d failed %d", seed, failed)
          .isBetween(own * 0.8 - 1, own * 1.2 + 1);
    }
  }

  @Test
  void aWebhookIsTriedEightTimesInItsFirstQuarterOfAnHour() {
    Duration sum =
        RetryPolicy.of(Channel.WEBHOOK).delays().stream()
            .limit(7)
            .reduce(Duration.ZERO, Duration::plus);

    assertThat(sum).isLessThan(Duration.ofMinutes(16));
  }

  @Test
  void aLongerRequestOfTheProviderIsHonouredAndAShorterOneIsNot() {
    RetryPolicy policy = RetryPolicy.of(Channel.WEBHOOK);

    assertThat(
            again(policy.decide(Reason.THROTTLED, Duration.ofHours(1), 1, NEW, new Random(1)))
                .after())
        .isEqualTo(Duration.ofHours(1));
    assertThat(
            again(policy.decide(Reason.THROTTLED, Duration.ofSeconds(1), 1, NEW, new Random(1)))
                .after())
        .isGreaterThan(Duration.ofSeconds(3));
  }

  @Test
  void anotherRouteIsTakenAtOnceAndAClosedOneWaits() {
    RetryPolicy policy = RetryPolicy.of(Channel.SMS);

    assertThat(
            again(policy.decide(Reason.ROUTE, Duration.ofSeconds(1), 1, NEW, new Random(1)))
                .after())
        .isLessThan(Duration.ofSeconds(2));
    assertThat(
            again(policy.decide(Reason.ROUTE, Duration.ofMinutes(5), 1, NEW, new Random(1)))
                .after())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void whatWouldBeTooOldByThenIsGivenUp() {
    RetryPolicy policy = RetryPolicy.of(Channel.SMS);

    assertThat(
            policy.decide(
                Reason.TIMEOUT, null, 5, policy.freshness().minusMinutes(1), new Random(1)))
        .isEqualTo(new Decision.GiveUp());
  }

  @Test
  void whoAsksForMoreThanThereIsTimeIsAskedOnceMoreBeforeTheEnd() {
    RetryPolicy policy = RetryPolicy.of(Channel.WEBHOOK);
    Duration absurd = Duration.ofDays(1_000);

    Duration after =
        again(policy.decide(Reason.UNAVAILABLE, absurd, 1, NEW, new Random(1))).after();

    assertThat(after).isLessThan(policy.freshness()).isGreaterThan(Duration.ofHours(23));
  }
}
