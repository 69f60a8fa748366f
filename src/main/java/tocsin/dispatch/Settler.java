package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.delivery.Claim;
import tocsin.delivery.Ledger;
import tocsin.delivery.Settlement;
import tocsin.store.Answer;

/**
 * Writes a lane's settlements in batches: at the latest 100 ms after the first one came in, which
 * is what a crash can make a lane repeat. While the database is away it keeps trying, and the lane
 * sends nothing more than is under way; nothing is dropped.
 */
final class Settler {
  private static final Logger log = LoggerFactory.getLogger(Settler.class);
  private static final int BATCH = 1_000;
  private static final int BACKED_UP = 4_000;
  private static final Duration LONGEST_IN_MEMORY = Duration.ofMillis(100);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);

  private final Channel channel;
  private final Ledger ledger;
  private final Leases leases;
  private final LaneMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private List<Settlement> waiting = new ArrayList<>();
  private long flush;
  private boolean failing;
  private boolean closing;
  private volatile boolean hasRoom = true;

  Settler(Channel channel, Ledger ledger, Leases leases, LaneMetrics metrics) {
    this.channel = channel;
    this.ledger = ledger;
    this.leases = leases;
    this.metrics = metrics;
  }

  /** False while too much is unwritten, or nothing can be written. */
  boolean hasRoom() {
    return hasRoom;
  }

  /** Waits until there is room. */
  void awaitRoom() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!hasRoom) {
        emptied.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whoever causes settlements begins nothing new while there is no room; what comes is kept. */
  void add(Settlement settlement) {
    lock.lock();
    try {
      waiting.add(settlement);
      look();
      if (waiting.size() == 1 || waiting.size() == BATCH) {
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No more will be added: {@link #run} ends when everything is written. */
  void close() {
    lock.lock();
    try {
      closing = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Writes until closed. */
  Void run() throws InterruptedException {
    List<Settlement> batch = gather();
    while (!batch.isEmpty()) {
      write(batch);
      batch = gather();
    }
    return null;
  }

  /** Everything there is once it is worth a flush; empty when closed and all is written. */
  private List<Settlement> gather() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closing) {
        filled.await();
      }
      long left = LONGEST_IN_MEMORY.toNanos();
      while (waiting.size() < BATCH && !closing && left > 0) {
        left = filled.awaitNanos(left);
      }
      List<Settlement> batch = waiting;
      waiting = new ArrayList<>(batch.size());
      look();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void write(List<Settlement> batch) throws InterruptedException {
    flush++;
    for (int tries = 1; ; tries++) {
      try {
        int accepted = Answer.of(ledger.settle(channel, flush, batch));
        if (accepted < batch.size() && tries == 1) {
          log.warn("lease.lost channel={} settlements={}", channel.word(), batch.size() - accepted);
        }
        failing(false);
        metrics.settled(batch);
        settled(batch);
        return;
      } catch (RuntimeException e) {
        failing(true);
        if (Integer.bitCount(tries) == 1) {
          log.warn(
              "settle.failed channel={} waiting={} tries={} retrying=true",
              channel.word(),
              batch.size(),
              tries,
              e);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
      }
    }
  }

  private void failing(boolean now) {
    lock.lock();
    try {
      failing = now;
      look();
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    hasRoom = !failing && waiting.size() < BACKED_UP;
    if (hasRoom) {
      emptied.signalAll();
    }
  }

  private void settled(List<Settlement> batch) {
    Map<Claim, Long> counts =
        batch.stream().collect(Collectors.groupingBy(Settlement::claim, Collectors.counting()));
    counts.forEach((claim, count) -> leases.settle(claim, count.intValue()));
  }
}
