package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Reason;
import tocsin.delivery.Settlement;

/**
 * Keeps a lane's workers supplied within the limits. One thread; only {@link #wake}, {@link
 * #limitsChanged} and {@link #stop} are called from others.
 */
final class Feeder {
  private static final Logger log = LoggerFactory.getLogger(Feeder.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  /** A pause longer than this is no reason to keep a lease. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** While more than this wait in memory for a slow domain or host, nothing more is claimed. */
  private static final int MOST_DELAYED = 2_000;

  private final Backlog backlog;
  private final Pacer pacer;
  private final Preparation preparation;
  private final Settler settler;
  private final BlockingQueue<Optional<Ready>> ready;
  private final Time time;

  private record Delayed(Ready ready, long until) {}

  private final Signal signal = new Signal();
  private final Deque<Task> fresh = new ArrayDeque<>();
  private final PriorityQueue<Delayed> delayed =
      new PriorityQueue<>(Comparator.comparingLong(Delayed::until));
  private long nextLoad;
  private volatile boolean stopping;
  private volatile boolean ratesChanged;

  Feeder(
      Backlog backlog,
      Pacer pacer,
      Preparation preparation,
      Settler settler,
      BlockingQueue<Optional<Ready>> ready,
      Time time) {
    this.backlog = backlog;
    this.pacer = pacer;
    this.preparation = preparation;
    this.settler = settler;
    this.ready = ready;
    this.time = time;
    this.nextLoad = time.nanos();
  }

  void wake() {
    signal.give();
  }

  void limitsChanged() {
    ratesChanged = true;
    signal.give();
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
    Delayed turn = delayed.peek();
    if (turn != null && turn.until() - time.nanos() <= 0) {
      delayed.remove();
      if (backlog.holds(turn.ready().task().claim())) {
        follow(pacer.askAgain(turn.ready().demands()), turn.ready());
      }
      return;
    }
    Task task = fresh.poll();
    if (task != null) {
      if (backlog.holds(task.claim())) {
        Ready candidate = preparation.ready(task);
        follow(pacer.ask(candidate.demands()), candidate);
      }
      return;
    }
    if (delayed.size() < MOST_DELAYED && nextLoad - time.nanos() <= 0) {
      load();
    } else if (signal.await(rest())) {
      nextLoad = time.nanos();
    }
  }

  private void load() throws InterruptedException {
    Backlog.Load load = backlog.load();
    fresh.addAll(load.tasks());
    for (Settlement settlement : load.settled()) {
      settler.add(settlement);
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
    boolean taken = false;
    while (!taken && !stopping) {
      taken = ready.offer(Optional.of(candidate), LONGEST_SLEEP.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void hold(Ready candidate, Duration duration, String key) throws InterruptedException {
    Task task = candidate.task();
    settler.add(
        Settlement.deferred(
            task.claim(),
            task.recipient().id(),
            task.attempts(),
            Reason.LIMIT,
            key,
            time.now(),
            time.now().plus(duration)));
  }

  private void pause(Ready candidate, Duration duration) throws InterruptedException {
    if (duration.compareTo(PATIENCE) > 0) {
      fresh.clear();
      delayed.clear();
      backlog.handBack(duration);
      return;
    }
    delayed.add(new Delayed(candidate, time.nanos()));
    long end = time.nanosIn(duration);
    long left = duration.toNanos();
    while (left > 0 && !stopping && !ratesChanged) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LONGEST_SLEEP.toNanos()));
      left = end - time.nanos();
    }
  }
}
