package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tocsin.LogLines;
import tocsin.audience.Channel;
import tocsin.channel.Reason;
import tocsin.delivery.Claim;
import tocsin.delivery.Settlement;

class LaneMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LaneMetrics metrics = new LaneMetrics(Channel.EMAIL, registry);

  @Test
  void whatFailedIsCountedByItsReason() {
    Claim claim = new Claim.OfChunk(1, 0, 1);

    metrics.settled(
        List.of(
            Settlement.failed(claim, 1, 1, Reason.POLICY, "550 5.7.26", Instant.EPOCH),
            Settlement.failed(claim, 2, 1, Reason.POLICY, "550 5.7.1", Instant.EPOCH),
            Settlement.failed(claim, 3, 1, Reason.ADDRESS, "550 5.1.1", Instant.EPOCH),
            Settlement.sent(claim, 4, 1, "queued", Instant.EPOCH)));

    assertThat(failures("policy")).isEqualTo(2);
    assertThat(failures("address")).isEqualTo(1);
  }

  private double failures(String reason) {
    return registry
        .get("tocsin.failures")
        .tags("channel", "email", "reason", reason)
        .counter()
        .count();
  }

  @Test
  void theLogSaysWhenTheProviderGoesDownAndComesBack() {
    try (LogLines log = LogLines.of(LaneMetrics.class)) {
      Host relay = new Host(HostRules.of(Channel.EMAIL, 8), 0);
      relay.begin();
      relay.end(false, Reason.OPERATOR, 0);
      metrics.providerIs(relay, Reason.OPERATOR);
      relay.begin();
      relay.end(true, null, 0);
      metrics.providerIs(relay, null);

      assertThat(log.lines())
          .containsExactly(
              "circuit.opened channel=email reason=operator", "circuit.closed channel=email");
    }
  }
}
