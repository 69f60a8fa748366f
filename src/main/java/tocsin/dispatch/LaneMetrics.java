package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tocsin.audience.Channel;
import tocsin.delivery.DeliveryState;
import tocsin.delivery.Settlement;
import tocsin.limit.LimitKey;
import tocsin.limit.Wait;

/** What one lane tells the operators; every label is from a closed list. */
final class LaneMetrics {
  private final MeterRegistry registry;
  private final Map<DeliveryState, Counter> outcomes = new EnumMap<>(DeliveryState.class);
  private final Cache<String, Timer> waits = Caffeine.newBuilder().maximumSize(16).build();

  LaneMetrics(Channel channel, MeterRegistry registry) {
    this.registry = registry;
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
    for (Settlement settlement : batch) {
      Counter counter = outcomes.get(settlement.state());
      if (counter != null) {
        counter.increment();
      }
    }
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
