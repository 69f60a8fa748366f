package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Reason;
import tocsin.delivery.Claim;
import tocsin.delivery.Settlement;
import tocsin.store.StoreException;

/**
 * Keeps a lane's workers supplied within the limits. One thread; only {@link #wake}, {@link
 * #limitsChanged} and {@link #stop} are called from others.
 */
final class Feeder {
  private static final Logger log = LoggerFactory.getLogger(Feeder.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
  private static final Duration SHORT_SLEEP = Duration.ofMillis(100);
  private static final Duration SHORT_WAIT = Duration.ofMillis(20);
  private static final Duration LONG_WAIT = Duration.ofSeconds(2);

  /** A pause longer than this is no reason to keep a lease. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** While more than this wait in memory for a slow domain or host, nothing more is claimed. */
  private static final int MOST_DELAYED = 2_000;

  private final Backlog backlog;
  private final Pacer pacer;
  private final Preparation preparation;
  private final Settler settler;
  private final Shares shares;
  private final BlockingQueue<Optional<Ready>> ready;
  private final Time time;

  private record Delayed(Ready ready, long until) {}

  private final Signal signal = new Signal();
  private final Deque<Task> fresh = new ArrayDeque<>();
  private final PriorityQueue<Delayed> delayed =
      new PriorityQueue<>(Comparator.comparingLong(Delayed::until));
  private long nextLoad;
  private volatile long suspendedUntil;
  private volatile boolean stopping;
  private volatile boolean ratesChanged;

  Feeder(
      Backlog backlog,
      Pacer pacer,
      Preparation preparation,
      Settler settler,
      Shares shares,
      BlockingQueue<Optional<Ready>> ready,
      Time time) {
    this.backlog = backlog;
    this.pacer = pacer;
    this.preparation = preparation;
    this.settler = settler;
    this.shares = shares;
    this.ready = ready;
    this.time = time;
    this.nextLoad = time.nanos();
    this.suspendedUntil = time.nanos();
  }

  void wake() {
    signal.give();
  }

  void limitsChanged() {
    ratesChanged = true;
    signal.give();
  }

  /** The provider refuses us, whoever the recipient is: nothing more is handed out for so long. */
  void suspend(Duration length) {
    suspendedUntil = time.nanosIn(length);
  }

  void stop() {
    stopping = true;
    signal.give();
  }

  /** Feeds until stopped. */
  Void run() throws InterruptedException {
    while (!stopping) {
      try {
        step();
      } catch (RuntimeException e) {
        log.warn("lane.failed retrying=true", e);
        signal.await(LONGEST_SLEEP);
      }
    }
    return null;
  }

  /** One task handed on, one load, or one rest. */
  private void step() throws InterruptedException {
    if (ratesChanged) {
      ratesChanged = false;
      pacer.forgetQueues();
      backlog.hasten();
      nextLoad = time.nanos();
    }
    if (suspendedUntil - time.nanos() > 0) {
      signal.await(SHORT_SLEEP);
      return;
    }
    Delayed turn = delayed.peek();
    if (turn != null && turn.until() - time.nanos() <= 0) {
      delayed.remove();
      if (backlog.holds(turn.ready().task().claim())) {
        attempt(turn.ready(), pacer::askAgain);
      }
      return;
    }
    Task task = fresh.peek();
    if (task != null) {
      start(task);
      fresh.poll();
      return;
    }
    if (delayed.size() < MOST_DELAYED && nextLoad - time.nanos() <= 0) {
      load();
    } else if (signal.await(rest())) {
      nextLoad = time.nanos();
    }
  }

  /**
   * What fails for want of the database leaves the task where it is; what cannot be made ends it.
   */
  private void start(Task task) throws InterruptedException {
    if (!backlog.holds(task.claim())) {
      return;
    }
    Ready candidate;
    try {
      candidate = preparation.ready(task);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      log.error("message.not_rendered id={}", task.id(), e);
      settle(
          Settlement.failed(
              task.claim(),
              task.recipient().id(),
              task.attempts(),
              Reason.INTERNAL,
              "not rendered",
              time.now()));
      return;
    }
    switch (task.claim()) {
      case Claim.OfChunk first -> attempt(candidate, pacer::ask);
      case Claim.OfRetry due -> attempt(candidate, pacer::askDue);
    }
  }

  /** A host that keeps its share of the workers busy makes only its own recipients wait. */
  private void attempt(Ready candidate, Function<Demands, Pacer.Verdict> asking)
      throws InterruptedException {
    if (!shares.enter(candidate.host())) {
      if (delayed.size() < MOST_DELAYED / 2) {
        delayed.add(new Delayed(candidate, time.nanosIn(SHORT_WAIT)));
      } else {
        hold(candidate, LONG_WAIT, candidate.host());
      }
      return;
    }
    Pacer.Verdict verdict = asking.apply(candidate.demands());
    if (!(verdict instanceof Pacer.Verdict.Go)) {
      shares.leave(candidate.host());
    }
    follow(verdict, candidate);
  }

  private void settle(Settlement settlement) throws InterruptedException {
    backlog.underWay(settlement.claim());
    settler.add(settlement);
  }

  private void load() throws InterruptedException {
    Backlog.Load load = backlog.load();
    fresh.addAll(load.tasks());
    for (Settlement settlement : load.settled()) {
      settle(settlement);
    }
    nextLoad = load.isEmpty() ? time.nanosIn(POLL) : time.nanos();
  }

  private Duration rest() {
    long until = time.nanosIn(POLL);
    if (delayed.size() < MOST_DELAYED) {
      until = Math.min(until, nextLoad);
    }
    Delayed turn = delayed.peek();
    if (turn != null) {
      until = Math.min(until, turn.until());
    }
    return Duration.ofNanos(Math.max(until - time.nanos(), 0));
  }

  private void follow(Pacer.Verdict verdict, Ready candidate) throws InterruptedException {
    switch (verdict) {
      case Pacer.Verdict.Go() -> hand(candidate);
      case Pacer.Verdict.Later(long until) -> delayed.add(new Delayed(candidate, until));
      case Pacer.Verdict.Hold(Duration duration, String key) -> hold(candidate, duration, key);
      case Pacer.Verdict.Pause(Duration duration) -> pause(candidate, duration);
    }
  }

  private void hand(Ready candidate) throws InterruptedException {
    backlog.underWay(candidate.task().claim());
    boolean taken = false;
    while (!taken && !stopping) {
      taken = ready.offer(Optional.of(candidate), LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void hold(Ready candidate, Duration duration, String key) throws InterruptedException {
    Task task = candidate.task();
    settle(
        Settlement.deferred(
            task.claim(),
            task.recipient().id(),
            task.attempts(),
            Reason.LIMIT,
            key,
            time.now(),
            time.now().plus(duration)));
  }

  /** A long pause is no reason to keep leases, once everything that was sent is on record. */
  private void pause(Ready candidate, Duration duration) throws InterruptedException {
    delayed.add(new Delayed(candidate, time.nanos()));
    long end = time.nanosIn(duration);
    long left = duration.toNanos();
    while (left > 0 && !stopping && !ratesChanged) {
      if (left > PATIENCE.toNanos() && !backlog.anyUnderWay()) {
        fresh.clear();
        delayed.clear();
        backlog.handBack(Duration.ofNanos(left));
        return;
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(left, SHORT_SLEEP.toNanos()));
      left = end - time.nanos();
    }
  }
}
