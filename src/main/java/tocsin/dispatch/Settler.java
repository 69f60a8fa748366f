package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.delivery.Ledger;
import tocsin.delivery.Settlement;
import tocsin.store.Answer;

/**
 * Writes a lane's settlements in batches: at the latest 100 ms after the first one came in, which
 * is what a crash can make a lane repeat. While the database is away it keeps trying and the lane
 * backs up behind it; nothing is dropped.
 */
final class Settler {
  private static final Logger log = LoggerFactory.getLogger(Settler.class);
  private static final int BATCH = 1_000;
  private static final int BACKED_UP = 10_000;
  private static final Duration LONGEST_IN_MEMORY = Duration.ofMillis(100);
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Channel channel;
  private final Ledger ledger;
  private final Leases leases;
  private final LaneMetrics metrics;
  private final BlockingQueue<Settlement> queue = new ArrayBlockingQueue<>(BACKED_UP);
  private long flush;
  private volatile boolean closing;

  Settler(Channel channel, Ledger ledger, Leases leases, LaneMetrics metrics) {
    this.channel = channel;
    this.ledger = ledger;
    this.leases = leases;
    this.metrics = metrics;
  }

  /** Waits while too much is unwritten. */
  void add(Settlement settlement) throws InterruptedException {
    queue.put(settlement);
  }

  /** No more will be added: {@link #run} ends when everything is written. */
  void close() {
    closing = true;
  }

  /** Writes until closed. */
  Void run() throws InterruptedException {
    while (!closing || !queue.isEmpty()) {
      List<Settlement> batch = gather();
      if (!batch.isEmpty()) {
        write(batch);
      }
    }
    return null;
  }

  private List<Settlement> gather() throws InterruptedException {
    Settlement first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    List<Settlement> batch = new ArrayList<>(BATCH);
    batch.add(first);
    long deadline = System.nanoTime() + LONGEST_IN_MEMORY.toNanos();
    while (batch.size() < BATCH && !closing) {
      queue.drainTo(batch, BATCH - batch.size());
      @Nullable Settlement next =
          batch.size() == BATCH
              ? null
              : queue.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    queue.drainTo(batch, BATCH - batch.size());
    return batch;
  }

  private void write(List<Settlement> batch) throws InterruptedException {
    flush++;
    for (int tries = 1; ; tries++) {
      try {
        int accepted = Answer.of(ledger.settle(channel, flush, batch));
        if (accepted < batch.size() && tries == 1) {
          log.warn("lease.lost channel={} settlements={}", channel.word(), batch.size() - accepted);
        }
        metrics.settled(batch);
        for (Settlement settlement : batch) {
          leases.settle(settlement.claim());
        }
        return;
      } catch (RuntimeException e) {
        log.warn(
            "settle.failed channel={} waiting={} retrying=true", channel.word(), batch.size(), e);
        TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
      }
    }
  }
}
