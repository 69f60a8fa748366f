package tocsin.channel.webhook;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tocsin.channel.http.Deadline;

/** Bounds the requests under way: in all, and to one host, so that a slow one leaves room. */
final class Slots {
  private final Semaphore all;
  private final int perHost;
  private final ConcurrentHashMap<String, Gate> gates = new ConcurrentHashMap<>();

  Slots(int all, int perHost) {
    this.all = new Semaphore(all, true);
    this.perHost = perHost;
  }

  /** Whether there was a free slot in time; whoever got one gives it back. */
  boolean take(String host, Duration patience) {
    Deadline deadline = Deadline.in(patience);
    Gate gate = gates.compute(host, (name, there) -> (there == null ? empty() : there).joined());
    if (acquired(gate.free(), deadline)) {
      if (acquired(all, deadline)) {
        return true;
      }
      gate.free().release();
    }
    leave(host);
    return false;
  }

  void give(String host) {
    all.release();
    gates.computeIfPresent(
        host,
        (name, gate) -> {
          gate.free().release();
          return gate;
        });
    leave(host);
  }

  private Gate empty() {
    return new Gate(new Semaphore(perHost, true), 0);
  }

  private void leave(String host) {
    gates.computeIfPresent(host, (name, gate) -> gate.users() == 1 ? null : gate.left());
  }

  private static boolean acquired(Semaphore slots, Deadline deadline) {
    try {
      return slots.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The slots of one host.
   *
   * @param users who holds one or waits for one; the last to leave takes the gate away
   */
  private record Gate(Semaphore free, int users) {
    Gate joined() {
      return new Gate(free, users + 1);
    }

    Gate left() {
      return new Gate(free, users - 1);
    }
  }
}
