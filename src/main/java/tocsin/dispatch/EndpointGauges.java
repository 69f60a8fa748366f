package tocsin.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.delivery.EndpointHealth.State;
import tocsin.delivery.Endpoints;

/** Tells the operators how many endpoints do not do well. */
public final class EndpointGauges extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(EndpointGauges.class);
  private static final Duration EVERY = Duration.ofSeconds(15);

  private final Endpoints endpoints;
  private final Map<State, AtomicLong> counts = new EnumMap<>(State.class);

  public EndpointGauges(Endpoints endpoints, MeterRegistry registry) {
    this.endpoints = endpoints;
    for (State state : State.values()) {
      if (state != State.ACTIVE) {
        AtomicLong count = new AtomicLong();
        counts.put(state, count);
        Gauge.builder("tocsin.endpoints", count, AtomicLong::get)
            .description("Endpoints of this health, over all nodes")
            .tag("health", state.word())
            .register(registry);
      }
    }
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(0, EVERY.toMillis(), id -> look());
    return Future.succeededFuture();
  }

  private void look() {
    endpoints
        .ailing()
        .onSuccess(
            found -> counts.forEach((state, count) -> count.set(found.getOrDefault(state, 0L))))
        .onFailure(e -> log.debug("endpoints.unknown", e));
  }
}
