package tocsin.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.delivery.Retention;
import tocsin.store.Turns;

/**
 * Deletes every hour what has been kept for long enough, one batch after another. Of all nodes one
 * does so at a time.
 */
public final class RetentionRun extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(RetentionRun.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration FIRST = Duration.ofMinutes(1);

  /** So that one run ends; the next one goes on. */
  private static final int MOST_BATCHES = 1_000;

  private final Retention retention;
  private final Turns turns;
  private final MeterRegistry registry;
  private boolean running;

  public RetentionRun(Retention retention, Turns turns, MeterRegistry registry) {
    this.retention = retention;
    this.turns = turns;
    this.registry = registry;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(FIRST.toMillis(), EVERY.toMillis(), id -> run());
    return Future.succeededFuture();
  }

  private void run() {
    if (running) {
      return;
    }
    running = true;
    turns
        .take("retention", this::everything)
        .onComplete(done -> running = false)
        .onFailure(e -> log.warn("retention.failed retrying=true", e));
  }

  private Future<Void> everything() {
    return all("deliveries", retention::deliveries)
        .compose(done -> all("quarantine", retention::quarantine))
        .compose(done -> all("consents", retention::consents))
        .compose(done -> all("left", retention::left))
        .compose(done -> all("texts", retention::texts))
        .compose(done -> all("complaints", retention::complaints))
        .compose(done -> all("endpoints", retention::endpoints))
        .compose(done -> all("audit", retention::audit));
  }

  private Future<Void> all(String kind, Supplier<Future<Integer>> batch) {
    return next(batch, 0, 0)
        .onSuccess(deleted -> {
          if (deleted > 0) {
            Counter.builder("tocsin.retention.deleted")
                .description("What was kept for long enough and deleted, by what it was")
                .tag("kind", kind)
                .register(registry)
                .increment(deleted);
            log.info("retention.deleted kind={} count={}", kind, deleted);
          }
        })
        .mapEmpty();
  }

  private Future<Long> next(Supplier<Future<Integer>> batch, int batches, long before) {
    return batch
        .get()
        .compose(deleted ->
            deleted == 0 || batches + 1 == MOST_BATCHES
                ? Future.succeededFuture(before + deleted)
                : next(batch, batches + 1, before + deleted));
  }
}
