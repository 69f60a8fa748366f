package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.channel.Reason;
import tocsin.delivery.DeliveryState;
import tocsin.delivery.Settlement;
import tocsin.limit.LimitKey;
import tocsin.limit.Wait;

/** What one lane tells the operators; every label is from a closed list. */
final class LaneMetrics {
  private static final Logger log = LoggerFactory.getLogger(LaneMetrics.class);

  private final Channel channel;
  private final MeterRegistry registry;
  private final Counter takeovers;
  private final DistributionSummary flushes;
  private final Map<DeliveryState, Counter> outcomes = new EnumMap<>(DeliveryState.class);
  private final Cache<String, Timer> waits = Caffeine.newBuilder().maximumSize(16).build();

  LaneMetrics(Channel channel, MeterRegistry registry) {
    this.channel = channel;
    this.registry = registry;
    this.takeovers =
        Counter.builder("tocsin.lease.takeovers")
            .description("Chunks whose lease had ended in somebody else's hands")
            .tag("channel", channel.word())
            .register(registry);
    this.flushes =
        DistributionSummary.builder("tocsin.flush.size")
            .description("Settlements written in one flush")
            .tag("channel", channel.word())
            .register(registry);
    for (DeliveryState state : DeliveryState.values()) {
      if (state != DeliveryState.PENDING) {
        outcomes.put(
            state,
            Counter.builder("tocsin.deliveries")
                .description("Outcomes on record, deferrals included")
                .tag("channel", channel.word())
                .tag("outcome", state.word())
                .register(registry));
      }
    }
  }

  void settled(List<Settlement> batch) {
    flushes.record(batch.size());
    for (Settlement settlement : batch) {
      Counter counter = outcomes.get(settlement.state());
      if (counter != null) {
        counter.increment();
      }
      if (settlement.state() == DeliveryState.FAILED && settlement.reason() != null) {
        failed(settlement.reason());
      }
    }
  }

  private void failed(Reason reason) {
    Counter.builder("tocsin.failures")
        .description("Deliveries that failed for good")
        .tag("channel", channel.word())
        .tag("reason", reason.word())
        .register(registry)
        .increment();
  }

  void takenOver(long leases) {
    takeovers.increment((double) leases);
  }

  /**
   * The lane's one provider was taken for down, or is so no more.
   *
   * @param reason of the failure that told; null for a success
   */
  void providerIs(Host provider, @Nullable Reason reason) {
    if (provider.isDown() && reason != null) {
      log.warn("circuit.opened channel={} reason={}", channel.word(), reason.word());
    } else {
      log.info("circuit.closed channel={}", channel.word());
    }
  }

  /** From now on the state of this desk is shown. */
  void watch(Desk desk, int most) {
    gauge("tocsin.lane.busy", "Sends under way", desk::busy);
    gauge("tocsin.lane.capacity", "Sends that can be under way at a time", () -> most);
    gauge("tocsin.lane.in.hand", "Deliveries claimed and not begun", desk::size);
    gauge("tocsin.circuits.open", "Providers or hosts that are taken for down", desk::down);
  }

  private void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(description)
        .tag("channel", channel.word())
        .register(registry);
  }

  void waits(Wait wait) {
    waits
        .get(
            LimitKey.family(wait.key()),
            family ->
                Timer.builder("tocsin.permit.wait")
                    .description("Time that sends were told to wait for a limit")
                    .tag("limit", family)
                    .register(registry))
        .record(wait.duration());
  }
}
