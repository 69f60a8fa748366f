package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Throughput throughput = new Throughput(millis(1_000));

  private static long millis(int millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  private void oneEachMillisecond(int from, int to) {
    for (int at = from; at < to; at++) {
      throughput.count(millis(at));
    }
  }

  @Test
  void isKnownSoonAfterTheBeginning() {
    oneEachMillisecond(1_000, 1_020);

    assertThat(throughput.in(SECOND, millis(1_020))).isEqualTo(1_000);
  }

  @Test
  void holdsForAWhileWhenNothingMoreComes() {
    oneEachMillisecond(1_000, 1_251);

    assertThat(throughput.in(SECOND, millis(1_500))).isCloseTo(1_004, within(1.0));
    assertThat(throughput.in(SECOND, millis(1_751))).isZero();
  }
}
