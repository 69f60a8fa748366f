package tocsin.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Reason;
import tocsin.channel.webhook.Attempt;
import tocsin.channel.webhook.AttemptListener;

/**
 * Keeps a log of the attempts at every endpoint and reckons its health from them, behind the back
 * of those who send: when it falls too far behind, attempts are dropped and counted. A batch whose
 * answer was lost is written again.
 */
public final class AttemptLog extends VerticleBase implements AttemptListener {
  private static final Logger log = LoggerFactory.getLogger(AttemptLog.class);
  private static final int MOST_WAITING = 20_000;
  private static final int BATCH = 5_000;
  private static final Duration LOOK = Duration.ofMillis(100);

  /** A write is due after so many looks, or as soon as half a batch waits. */
  private static final int LOOKS = 5;

  private final Pool pool;
  private final QuarantineRule rule;
  private final AttemptTrim trim;
  private final FailingEndpoints failing;
  private final Counter dropped;
  private final BodyHashes hashes = new BodyHashes();
  private final BlockingQueue<Attempt> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Cache<UUID, Boolean> stored =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofDays(1)).build();

  /** Only its own event loop writes. */
  private List<Attempt> batch = new ArrayList<>();

  private int looks;
  private Future<Void> writing = Future.succeededFuture();

  public AttemptLog(Pool pool, QuarantineRule rule, MeterRegistry registry) {
    this.pool = pool;
    this.rule = rule;
    this.trim = new AttemptTrim(pool);
    this.failing = new FailingEndpoints(pool);
    this.dropped =
        Counter.builder("tocsin.attempts.dropped")
            .description("Attempts at endpoints that were not logged, for want of time")
            .register(registry);
  }

  @Override
  public void attempted(Attempt attempt) {
    if (AttemptRow.reason(attempt.outcome()) == Reason.LIMIT) {
      return; // nobody was asked
    }
    if (!waiting.offer(attempt)) {
      dropped.increment();
    }
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(LOOK.toMillis(), id -> look());
    vertx.setPeriodic(AttemptTrim.EVERY.toMillis(), id -> trim.old());
    vertx.setPeriodic(FailingEndpoints.EVERY.toMillis(), id -> failing.look());
    return failing.look().otherwiseEmpty();
  }

  @Override
  public Future<?> stop() {
    return flush().compose(rest -> flush()).otherwiseEmpty();
  }

  private void look() {
    looks++;
    if (looks >= LOOKS || waiting.size() >= BATCH / 2) {
      looks = 0;
      flush();
    }
  }

  /** Writes what there is, one batch after the other. */
  private Future<Void> flush() {
    if (writing.isComplete()) {
      writing =
          write()
              .onFailure(
                  e -> log.warn("attempts.not_written waiting={} retrying=true", batch.size(), e));
    }
    return writing;
  }

  private Future<Void> write() {
    if (batch.isEmpty()) {
      waiting.drainTo(batch, BATCH);
    }
    if (batch.isEmpty()) {
      return Future.succeededFuture();
    }
    AttemptBatch written = AttemptBatch.of(batch, hashes, failing::has);
    Map<UUID, byte[]> bodies = new HashMap<>(written.bodies());
    bodies.keySet().removeIf(hash -> stored.getIfPresent(hash) != null);
    AttemptFlush flush = new AttemptFlush(written, bodies, rule);
    return pool.withTransaction(flush::write)
        .compose(quarantined -> {
          if (quarantined != null && quarantined > 0) {
            log.warn("endpoints.quarantined count={}", quarantined);
          }
          bodies.keySet().forEach(hash -> stored.put(hash, true));
          trim.counted(written.rows());
          failing.changed(written.changes());
          batch = new ArrayList<>();
          return waiting.isEmpty() ? Future.succeededFuture() : write();
        });
  }
}
