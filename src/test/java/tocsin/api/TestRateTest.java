package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class TestRateTest {
  private static final Instant BEGIN = Instant.parse("2026-03-04T05:06:07Z");

  private final TestRate rate = new TestRate();

  @Test
  void oneASecond() {
    assertThat(rate.ask(1, BEGIN)).isZero();
    assertThat(rate.ask(1, BEGIN.plusMillis(400))).isEqualTo(Duration.ofMillis(600));
    assertThat(rate.ask(1, BEGIN.plusMillis(1_000))).isZero();
  }

  @Test
  void eachEndpointHasItsOwn() {
    assertThat(rate.ask(1, BEGIN)).isZero();
    assertThat(rate.ask(2, BEGIN)).isZero();
  }

  @Test
  void neverMoreThanTenInAnyMinuteAndTheWaitIsExact() {
    Deque<Instant> granted = new ArrayDeque<>();
    Instant now = BEGIN;
    for (int i = 0; i < 50; i++) {
      Duration wait = rate.ask(1, now);
      if (wait.isPositive()) {
        assertThat(rate.ask(1, now.plus(wait).minusNanos(1))).isEqualTo(Duration.ofNanos(1));
        now = now.plus(wait);
        assertThat(rate.ask(1, now)).isZero();
      }
      granted.addLast(now);
      if (granted.size() > 10) {
        assertThat(Duration.between(granted.removeFirst(), now))
            .isGreaterThanOrEqualTo(Duration.ofMinutes(1));
      }
    }
  }
}
