package tocsin.dispatch;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deals with what is due in outboxes, every second; a virtual-thread verticle. */
public final class OutboxWatch extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(OutboxWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Outbox outbox;

  /** Only its own context looks. */
  private boolean looking;

  public OutboxWatch(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), id -> look());
    return Future.succeededFuture();
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(outbox::claim, false)
        .compose(this::deal)
        .onFailure(e -> log.warn("notices.not_sent retrying=true", e))
        .onComplete(done -> looking = false);
  }

  /** Side by side: all take no longer than one, and end before their lease does. */
  private Future<?> deal(List<Runnable> claimed) {
    return Future.join(
        claimed.stream()
            .map(one ->
                vertx.executeBlocking(
                    () -> {
                      one.run();
                      return true;
                    },
                    false))
            .toList());
  }
}
