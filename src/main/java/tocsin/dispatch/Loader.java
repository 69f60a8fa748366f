package tocsin.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.channel.Reason;
import tocsin.delivery.Plans;
import tocsin.delivery.Settlement;
import tocsin.store.StoreException;

/**
 * Keeps a lane's desk supplied, and looks after what is on it. One thread; only {@link #wake},
 * {@link #limitsChanged} and {@link #stop} are called from others.
 */
final class Loader {
  private static final Logger log = LoggerFactory.getLogger(Loader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration UNTIL_IN_FLIGHT_ENDS = Duration.ofMillis(50);

  /** A lane that is held up for longer than this does not keep its leases. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MOST_CHUNKS = 16;
  private static final int MOST_KEYS = 1_000;

  private final Desk desk;
  private final Claims claims;
  private final Members members;
  private final Review review;
  private final Preparation preparation;
  private final Settler settler;
  private final Leases leases;
  private final Signal signal;
  private final Time time;
  private final Appetite appetite;
  private long nextLoad;
  private long nextLook;
  private List<String> waitingKeys = List.of();
  private volatile boolean woken;
  private volatile boolean ratesChanged;
  private volatile boolean stopping;

  /**
   * @param signal given by the desk when it is hungry
   */
  Loader(
      Desk desk,
      Claims claims,
      Members members,
      Review review,
      Preparation preparation,
      Settler settler,
      Leases leases,
      Signal signal,
      Time time) {
    this.desk = desk;
    this.claims = claims;
    this.members = members;
    this.review = review;
    this.preparation = preparation;
    this.settler = settler;
    this.leases = leases;
    this.signal = signal;
    this.time = time;
    this.appetite = new Appetite(time.nanos());
    this.nextLoad = time.nanos();
    this.nextLook = time.nanos();
  }

  /** Work may be there, or something has been decided about what is in hand. */
  void wake() {
    woken = true;
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

  /** Loads until stopped. */
  Void run() throws InterruptedException {
    while (!stopping) {
      try {
        step();
      } catch (RuntimeException e) {
        log.warn("lane.failed retrying=true", e);
        signal.await(PAUSE_AFTER_FAILURE);
      }
    }
    return null;
  }

  private void step() throws InterruptedException {
    boolean news = woken || nextLook - time.nanos() <= 0;
    woken = false;
    if (ratesChanged) {
      ratesChanged = false;
      hold(desk.regroup());
      claims.hasten();
      nextLoad = time.nanos();
    }
    if (news) {
      look();
    }
    Duration blocked = desk.blockedFor();
    if (blocked.compareTo(PATIENCE) > 0) {
      giveUp(blocked);
    } else if (!load(news)) {
      signal.await(rest());
    }
  }

  private void look() {
    review.look();
    hold(desk.excess());
    claims.handBackReturnable();
    claims.hastenCancelled();
    waitingKeys = claims.waitingKeys(MOST_KEYS);
    nextLook = time.nanosIn(POLL);
  }

  /** Once everything that was sent is on record, the leases go back. */
  private void giveUp(Duration blocked) throws InterruptedException {
    if (leases.anyUnderWay()) {
      signal.await(UNTIL_IN_FLIGHT_ENDS);
      return;
    }
    desk.remove(ready -> true);
    claims.handBack(blocked);
    signal.await(blocked.compareTo(POLL) < 0 ? blocked : POLL);
  }

  /**
   * False when nothing was to be loaded, or nothing was there.
   *
   * @param news there may be something that goes before all that is in hand
   */
  private boolean load(boolean news) throws InterruptedException {
    int missing = desk.missing(appetite.wanted(desk.turns(), time.nanos()));
    Claims.Claimed claimed;
    if (missing > 0 && (news || nextLoad - time.nanos() <= 0)) {
      claimed = claims.next(chunks(missing), room());
    } else if (news) {
      claimed = claims.urgent(desk.priority(), 1);
    } else {
      return false;
    }
    nextLoad = claimed.isEmpty() ? time.nanosIn(POLL) : time.nanos();
    if (claimed.isEmpty()) {
      return false;
    }
    try {
      take(members.sort(claimed));
    } catch (RuntimeException e) {
      claims.abandon(claimed);
      throw e;
    }
    return true;
  }

  private void take(Members.Sorted sorted) {
    sorted.settled().forEach(this::settle);
    hold(desk.add(ready(sorted.tasks())));
  }

  private static int chunks(int missing) {
    return Math.clamp(Math.ceilDiv(missing, Plans.CHUNK_SIZE), 1, MOST_CHUNKS);
  }

  private Map<String, Integer> room() {
    Map<String, Integer> room = new HashMap<>();
    for (String key : waitingKeys) {
      int free = desk.room(key);
      if (free > 0) {
        room.put(key, free);
      }
    }
    return room;
  }

  /** What cannot be made ends. */
  private List<Ready> ready(List<Task> tasks) {
    List<Ready> ready = new ArrayList<>(tasks.size());
    for (Task task : tasks) {
      try {
        ready.add(preparation.ready(task));
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        log.error("message.not_rendered delivery={}", task.id(), e);
        settle(
            Settlement.failed(
                task.claim(),
                task.recipient().id(),
                task.attempts(),
                Reason.INTERNAL,
                "not rendered",
                time.now()));
      }
    }
    return ready;
  }

  private void hold(List<Excess> excess) {
    for (Excess held : excess) {
      Task task = held.ready().task();
      settle(
          Settlement.held(
              task.claim(),
              task.recipient().id(),
              task.attempts(),
              held.reason(),
              held.line(),
              time.now()));
    }
  }

  private void settle(Settlement settlement) {
    leases.underWay(settlement.claim());
    settler.add(settlement);
  }

  /** With enough in hand a load is due, but the desk gives a signal when it wants one. */
  private Duration rest() {
    long now = time.nanos();
    long until = (nextLoad - now > 0 ? Math.min(nextLook, nextLoad) : nextLook) - now;
    return Duration.ofNanos(Math.clamp(until, 0, POLL.toNanos()));
  }
}
