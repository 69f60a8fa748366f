package tocsin.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimiterTest {
  private final AtomicLong now = new AtomicLong(5_000_000_000L);
  private final Limiter limiter = new Limiter(now::get);

  @ParameterizedTest
  @CsvSource({"1,1", "5,1", "24,1", "25,1", "100,1", "5000,1", "10,60", "600,60"})
  void noWindowHoldsMoreThanTheRateAndABacklogUsesNearlyAllOfIt(int permits, int seconds) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Rate rate = new Rate(permits, Duration.ofSeconds(seconds));
    limiter.rates(Map.of("email", rate));
    List<Long> grants = new ArrayList<>();
    int wanted = Math.max(50, 5 * permits);
    while (grants.size() < wanted) {
      Wait wait = limiter.reserve(List.of(new Demand("email", 1)));
      if (wait.isNone()) {
        grants.add(now.get());
      } else {
        now.addAndGet(wait.duration().toNanos() + random.nextInt(1_000));
      }
    }

    long window = rate.per().toNanos();
    for (int i = 0; i + permits < grants.size(); i++) {
      assertThat(grants.get(i + permits) - grants.get(i))
          .as("seed %d, grant %d and the one that would be too many", seed, i)
          .isGreaterThanOrEqualTo(window);
    }
    double used = (double) (wanted - 1) * window / permits / (grants.getLast() - grants.getFirst());
    assertThat(used).as("seed %d", seed).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void allLimitsGrantOrNoneIsSpent() {
    limiter.rates(
        Map.of(
            "email", new Rate(2, Duration.ofSeconds(1)),
            "email:domain:example.com", new Rate(1, Duration.ofMinutes(1))));
    List<Demand> both = List.of(new Demand("email", 1), new Demand("email:domain:example.com", 1));

    assertThat(limiter.reserve(both).isNone()).isTrue();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    Wait wait = limiter.reserve(both);

    assertThat(wait.key()).isEqualTo("email:domain:example.com");
    assertThat(wait.duration()).isEqualTo(Duration.ofSeconds(59));
    assertThat(limiter.reserve(List.of(new Demand("email", 1))).isNone()).isTrue();
  }

  @Test
  void segmentsAreWeighed() {
    limiter.rates(Map.of("sms:sender:+15005550006", new Rate(3, Duration.ofSeconds(3))));
    List<Demand> threeSegments = List.of(new Demand("sms:sender:+15005550006", 3));

    assertThat(limiter.reserve(threeSegments).isNone()).isTrue();
    assertThat(limiter.reserve(threeSegments).duration()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aDefaultHoldsForEachKeyOnItsOwn() {
    limiter.rates(Map.of("webhook:host:*", new Rate(1, Duration.ofSeconds(1))));

    assertThat(limiter.reserve(List.of(new Demand("webhook:host:a.example", 1))).isNone()).isTrue();
    assertThat(limiter.reserve(List.of(new Demand("webhook:host:b.example", 1))).isNone()).isTrue();
    assertThat(limiter.reserve(List.of(new Demand("webhook:host:a.example", 1))).isNone())
        .isFalse();
  }

  @Test
  void aChangedRateHoldsAtOnce() {
    limiter.rates(Map.of("email", new Rate(1, Duration.ofDays(1))));
    List<Demand> one = List.of(new Demand("email", 1));
    assertThat(limiter.reserve(one).isNone()).isTrue();
    assertThat(limiter.reserve(one).isNone()).isFalse();

    limiter.rates(Map.of("email", new Rate(10, Duration.ofSeconds(1))));
    assertThat(limiter.reserve(one).isNone()).isTrue();

    limiter.rates(Map.of());
    for (int i = 0; i < 1_000; i++) {
      assertThat(limiter.reserve(one).isNone()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "email,true",
    "email:domain:example.com,true",
    "email:domain:*,true",
    "sms:sender:+15005550006,true",
    "webhook:host:hooks.example.com,true",
    "recipient,false",
    "email:domain:,false",
    "email:domain:EXAMPLE.com,false",
    "webhook,true",
    "webhook:host:a/b,false",
    "fax,false"
  })
  void onlyKeysThatMeanSomethingAreKept(String key, boolean valid) {
    assertThat(LimitKey.isValid(key)).isEqualTo(valid);
  }
}
