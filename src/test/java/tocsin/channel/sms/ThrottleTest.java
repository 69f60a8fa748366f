package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Throttle throttle = new Throttle(() -> now, new Random(7));

  @Test
  void pausesDoubleUpToHalfAMinuteGiveOrTakeATenth() {
    for (int i = 0; i < 15; i++) {
      throttle.refused();

      double expected = Math.min(30_000, 100 * Math.pow(2, i));
      assertThat(throttle.left().toMillis())
          .as("pause %d", i)
          .isBetween((long) (expected * 0.9) - 1, (long) (expected * 1.1) + 1);
      now = now.plus(throttle.left());
    }
  }

  @Test
  void thoseUnderWayMakeAPauseNoLonger() {
    throttle.refused();
    Duration pause = throttle.left();

    throttle.refused();

    assertThat(throttle.left()).isEqualTo(pause);
  }

  @Test
  void aMessageThatIsTakenMakesTheNextPauseShorter() {
    throttle.refused();
    now = now.plus(throttle.left());
    throttle.taken();

    throttle.refused();

    assertThat(throttle.left()).isLessThanOrEqualTo(Duration.ofMillis(110));
  }

  @Test
  void nothingIsHeldBackBeforeARefusal() {
    assertThat(throttle.left()).isZero();
  }
}
