package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private final Circuit circuit = new Circuit(3);

  private void open(long now) {
    for (int i = 0; i < 3; i++) {
      circuit.failed(now);
    }
  }

  @Test
  void opensAfterFailuresInARowOnly() {
    circuit.failed(0);
    circuit.failed(0);
    circuit.succeeded();
    circuit.failed(0);
    circuit.failed(0);
    assertThat(circuit.isOpen()).isFalse();

    circuit.failed(0);
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void probesAtGrowingDistancesUpToABound() {
    open(0);
    long now = circuit.probeAt();
    assertThat(now).isEqualTo(Duration.ofSeconds(1).toNanos());
    for (int i = 0; i < 20; i++) {
      circuit.probeFailed(now);
      long distance = circuit.probeAt() - now;
      assertThat(distance)
          .isGreaterThan(Duration.ofSeconds(1).toNanos())
          .isLessThanOrEqualTo(Duration.ofMinutes(2).toNanos());
      now = circuit.probeAt();
    }
  }

  @Test
  void whatWasUnderWayWhenItOpenedDoesNotPutOffTheProbe() {
    open(0);
    long first = circuit.probeAt();

    circuit.failed(first - 1);

    assertThat(circuit.probeAt()).isEqualTo(first);
  }

  @Test
  void aSuccessClosesItAndForgets() {
    open(0);
    circuit.probeFailed(5);
    circuit.succeeded();
    assertThat(circuit.isOpen()).isFalse();

    open(10);
    assertThat(circuit.probeAt() - 10).isEqualTo(Duration.ofSeconds(1).toNanos());
  }
}
