package tocsin.dispatch;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tocsin.delivery.Settlement;

/**
 * Sends one message after the other. A send that does not end in time is given up: its slot is
 * freed, and this worker ends when the send does.
 */
final class Worker {
  private final Desk desk;
  private final Courier courier;
  private final Settler settler;
  private final Time time;
  private volatile @Nullable Sending current;

  private record Sending(Turn turn, Thread thread, long begun, AtomicBoolean over) {
    /** Only one party ends it. */
    boolean end() {
      return over.compareAndSet(false, true);
    }
  }

  Worker(Desk desk, Courier courier, Settler settler, Time time) {
    this.desk = desk;
    this.courier = courier;
    this.settler = settler;
    this.time = time;
  }

  /** Works until the desk is closed, or until it has been given up. */
  Void run() throws InterruptedException {
    Turn turn = desk.take();
    while (turn != null) {
      Sending sending =
          new Sending(turn, Thread.currentThread(), time.nanos(), new AtomicBoolean());
      current = sending;
      Settlement settlement = courier.deliver(turn);
      if (!sending.end()) {
        return null;
      }
      current = null;
      end(turn, settlement);
      turn = desk.take();
    }
    return null;
  }

  /** True when what it sends has taken longer than that, and has now been given up. */
  boolean giveUp(Duration longest) {
    Sending sending = current;
    if (sending == null || time.nanos() - sending.begun() < longest.toNanos() || !sending.end()) {
      return false;
    }
    end(sending.turn(), courier.givenUp(sending.turn()));
    sending.thread().interrupt();
    return true;
  }

  private void end(Turn turn, Settlement settlement) {
    settler.add(settlement);
    desk.done(turn, settlement.reason());
  }
}
