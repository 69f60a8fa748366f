package tocsin.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Reason;
import tocsin.dispatch.Line.State;
import tocsin.limit.Limiter;
import tocsin.limit.Wait;

/**
 * What a lane has in hand, in lines per domain, host or endpoint. It gives out what may go now: the
 * highest priority first, lines of one priority in turn. A limit, a full host or a host that is
 * down stops its own line only; a limit of the whole lane stops all. Thread-safe.
 */
final class Desk {
  private static final int MOST_HOSTS = 100_000;
  private static final Duration SOON = Duration.ofMillis(500);
  private static final Duration FED = Duration.ofMillis(10);

  private static final Comparator<Line> IN_TURN =
      Comparator.comparingInt(Line::priority).thenComparingLong(Line::served);

  private final int most;
  private final HostRules rules;
  private final Limiter limiter;
  private final LineBounds bounds;
  private final Leases leases;
  private final LaneMetrics metrics;
  private final Signal hungry;
  private final Time time;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition idle = lock.newCondition();
  private final Map<String, Line> lines = new HashMap<>();
  private final Cache<String, Host> hosts;
  private final PriorityQueue<Line> running = new PriorityQueue<>(IN_TURN);
  private final PriorityQueue<Line> timed =
      new PriorityQueue<>(Comparator.comparingLong(Line::until));
  private long turns;
  private int size;
  private int busy;

  /** Tasks in lines that are running. */
  private int lively;

  private int lowWater;

  /** Until then what waits for busy hosts keeps the lane busy. */
  private long fedUntil;

  /** Hosts that lines wait for. */
  private final Set<Host> awaited = new HashSet<>();

  private long laneUntil;

  /** Whether a limit of the whole lane has been met since it was last asked. */
  private boolean laneWaits;

  /** Whether something may go that was not there when it was last asked. */
  private boolean news;

  private boolean closed;

  /**
   * @param most turns at a time
   * @param hungry given when less is in hand than asked for
   */
  Desk(
      int most,
      HostRules rules,
      Limiter limiter,
      Leases leases,
      LaneMetrics metrics,
      Signal hungry,
      Time time) {
    this.most = most;
    this.rules = rules;
    this.limiter = limiter;
    this.bounds = new LineBounds(limiter);
    this.leases = leases;
    this.metrics = metrics;
    this.hungry = hungry;
    this.time = time;
    this.laneUntil = time.nanos();
    this.fedUntil = laneUntil;
    this.hosts =
        Caffeine.newBuilder()
            .maximumSize(MOST_HOSTS)
            .expireAfterAccess(Duration.ofHours(1))
            .ticker(time.ticker())
            .build();
  }

  /** What may go now; null: nothing may before a turn is over, or before {@link #await} returns. */
  @Nullable Turn poll() {
    lock.lock();
    try {
      return closed ? null : next(time.nanos());
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Turn next(long now) {
    while (!timed.isEmpty() && timed.element().until() - now <= 0) {
      run(timed.remove());
    }
    if (laneUntil - now <= 0) {
      laneWaits = false;
    }
    while (busy < most && !laneWaits && !running.isEmpty()) {
      Line line = running.element();
      Ready ready = line.peek();
      if (ready == null || !leases.holds(ready.task().claim())) {
        drop(line);
      } else if (!line.host().hasRoom(now)) {
        waitForHost(line);
      } else {
        Wait wait = wait(line, ready);
        if (wait.isNone()) {
          return turn(line, ready, now);
        }
        waitForPermit(line, ready, wait, now);
      }
    }
    return null;
  }

  private Wait wait(Line line, Ready ready) {
    return limiter.rates().isEmpty()
        ? Wait.NONE
        : limiter.reserve(ready.demands().wanting(lively, line.size()));
  }

  private Turn turn(Line line, Ready ready, long now) {
    leave(line, State.IDLE);
    line.remove();
    size--;
    line.served(++turns);
    settleDown(line);
    Host host = line.host();
    Turn turn = new Turn(ready, host, host.isDown());
    host.begin();
    busy++;
    leases.underWay(ready.task().claim());
    if (lively < lowWater && (size < lowWater || fedUntil - now <= 0)) {
      hungry.give();
    }
    return turn;
  }

  private void drop(Line line) {
    leave(line, State.IDLE);
    if (!line.isEmpty()) {
      line.remove();
      size--;
    }
    settleDown(line);
  }

  private void settleDown(Line line) {
    if (line.isEmpty()) {
      lines.remove(line.key());
    } else {
      run(line);
    }
  }

  private void waitForHost(Line line) {
    Host host = line.host();
    if (host.isDown() && !host.isBusy()) {
      time(line, host.probeAt());
    } else {
      leave(line, State.BEHIND_HOST);
      host.waiting().add(line);
      awaited.add(host);
    }
  }

  private void waitForPermit(Line line, Ready ready, Wait wait, long now) {
    metrics.waits(wait);
    long until = now + wait.duration().toNanos();
    if (ready.demands().isShared(wait.key())) {
      laneUntil = until;
      laneWaits = true;
      changed.signal();
    } else {
      time(line, until);
    }
  }

  private void time(Line line, long until) {
    leave(line, State.TIMED);
    line.until(until);
    timed.add(line);
    if (line.equals(timed.element())) {
      changed.signal();
    }
  }

  private void run(Line line) {
    line.state(State.RUNNING);
    running.add(line);
    lively += line.size();
  }

  private void leave(Line line, State next) {
    if (line.state() == State.RUNNING) {
      running.remove(line);
      lively -= line.size();
    }
    line.state(next);
  }

  /**
   * Waits until something may go, the end of a turn apart: for one waiter. False when the desk is
   * closed.
   */
  boolean await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = untilDue();
      while (!closed && !news && left > 0) {
        if (left == Long.MAX_VALUE) {
          changed.await();
        } else {
          changed.awaitNanos(left);
        }
        left = untilDue();
      }
      news = false;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private long untilDue() {
    long now = time.nanos();
    long left = timed.isEmpty() ? Long.MAX_VALUE : timed.element().until() - now;
    return laneWaits && !running.isEmpty() ? Math.min(left, laneUntil - now) : left;
  }

  /** Whoever waits for something that may go looks again. */
  void ring() {
    lock.lock();
    try {
      news = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until every turn is over. */
  void awaitIdle() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (busy > 0) {
        idle.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A turn is over.
   *
   * @param reason why nothing was sent; null if it was
   */
  void done(Turn turn, @Nullable Reason reason) {
    lock.lock();
    try {
      Host host = turn.host();
      boolean wasDown = host.isDown();
      host.end(turn.probe(), reason, time.nanos());
      if (host.isDown() != wasDown && !rules.perHost()) {
        metrics.providerIs(host, reason);
      }
      busy--;
      // a success makes room for two: the one that ended, and the one that it earned
      for (int n = 0; !host.waiting().isEmpty() && (n < 2 || !host.isBusy()); n++) {
        Line line = host.waiting().remove();
        if (line.state() == State.BEHIND_HOST) {
          run(line);
        }
      }
      if (host.waiting().isEmpty()) {
        awaited.remove(host);
      }
      if (busy == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes what there is room for in its line; the answer is the rest. */
  List<Excess> add(Collection<Ready> more) {
    lock.lock();
    try {
      List<Excess> excess = new ArrayList<>();
      for (Ready ready : more) {
        Line line = line(ready);
        if (line.size() < bounds.of(line, size)) {
          add(line, ready);
        } else {
          excess.add(excess(line, ready));
        }
      }
      ring();
      return excess;
    } finally {
      lock.unlock();
    }
  }

  private static Excess excess(Line line, Ready ready) {
    return new Excess(ready, line.key(), line.host().isDown() ? Reason.CIRCUIT : Reason.LIMIT);
  }

  private void add(Line line, Ready ready) {
    boolean overtakes = line.state() == State.RUNNING && ready.task().priority() < line.priority();
    if (overtakes) {
      leave(line, State.IDLE);
    }
    line.add(ready);
    size++;
    if (line.state() == State.IDLE) {
      run(line);
    } else if (line.state() == State.RUNNING) {
      lively++;
    }
  }

  private Line line(Ready ready) {
    return lines.computeIfAbsent(ready.line(limiter), key -> new Line(key, host(ready.host())));
  }

  private Host host(String name) {
    return hosts.get(name, unknown -> new Host(rules, time.nanos()));
  }

  /** Takes out what the test holds for. */
  List<Ready> remove(Predicate<Ready> leaving) {
    lock.lock();
    try {
      List<Ready> left = new ArrayList<>();
      for (Line line : List.copyOf(lines.values())) {
        remove(line, leaving, left);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Line line, Predicate<Ready> leaving, List<Ready> left) {
    State before = line.state();
    leave(line, before == State.RUNNING ? State.IDLE : before);
    int had = line.size();
    line.remove(leaving, left::add);
    size -= had - line.size();
    if (line.isEmpty()) {
      timed.remove(line);
      line.state(State.IDLE);
      lines.remove(line.key());
    } else if (before == State.RUNNING) {
      run(line);
    }
  }

  /** Takes out what its line has no room for any more: its host went down, its rate was lowered. */
  List<Excess> excess() {
    lock.lock();
    try {
      List<Excess> excess = new ArrayList<>();
      for (Line line : List.copyOf(lines.values())) {
        int bound = bounds.of(line, size);
        if (line.size() > bound) {
          List<Ready> left = new ArrayList<>();
          AtomicInteger seen = new AtomicInteger();
          remove(line, ready -> seen.getAndIncrement() >= bound, left);
          left.forEach(ready -> excess.add(excess(line, ready)));
        }
      }
      return excess;
    } finally {
      lock.unlock();
    }
  }

  /** Puts everything into the lines that hold now; the answer is what has no room any more. */
  List<Excess> regroup() {
    laneFree();
    return add(remove(ready -> true));
  }

  /** Nothing holds up the whole lane any more, as far as is known: ask again. */
  void laneFree() {
    lock.lock();
    try {
      laneUntil = time.nanos();
      ring();
    } finally {
      lock.unlock();
    }
  }

  /** How many more of a line there is room for. */
  int room(String key) {
    lock.lock();
    try {
      Line line = lines.get(key);
      return line == null
          ? bounds.of(new Line(key, host(Ready.hostOf(key))), size)
          : bounds.of(line, size) - line.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many tasks that go soon are missing to so many; until there are, it is hungry. */
  int missing(int wanted) {
    lock.lock();
    try {
      lowWater = wanted / 2;
      long now = time.nanos();
      int going = lively;
      if (going < lowWater) {
        going += awaited.stream().mapToInt(host -> host.goingIn(SOON, now)).sum();
        fedUntil = now + FED.toNanos();
      }
      return going < lowWater || going == 0 ? wanted - going : 0;
    } finally {
      lock.unlock();
    }
  }

  /** The priority that is served now; {@link Priority#CLASSES} when there is nothing to serve. */
  int priority() {
    lock.lock();
    try {
      return running.isEmpty() ? Priority.CLASSES : running.element().priority();
    } finally {
      lock.unlock();
    }
  }

  /** How long nobody in this lane can go, for a limit of all or because the provider is down. */
  Duration blockedFor() {
    lock.lock();
    try {
      long now = time.nanos();
      long nanos = laneUntil - now;
      Host provider = rules.perHost() ? null : hosts.getIfPresent("");
      if (provider != null && provider.isDown()) {
        nanos = Math.max(nanos, provider.probeAt() - now);
      }
      return Duration.ofNanos(Math.max(0, nanos));
    } finally {
      lock.unlock();
    }
  }

  /** Turns given so far. */
  long turns() {
    lock.lock();
    try {
      return turns;
    } finally {
      lock.unlock();
    }
  }

  /** Turns that are not over. */
  int busy() {
    lock.lock();
    try {
      return busy;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** Hosts that are taken for down. */
  long down() {
    lock.lock();
    try {
      return hosts.asMap().values().stream().filter(Host::isDown).count();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is given out any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
