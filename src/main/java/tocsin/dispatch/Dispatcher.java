package tocsin.dispatch;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.delivery.Settlement;
import tocsin.render.PreparedEmail;

/**
 * Begins what may go. The end of a send makes room for the next one, which begins on the very
 * thread that brings the news, mostly an event loop: nothing here blocks but {@link #run}, which
 * waits for what no end of a send tells of. A send that does not end in time is given up, and its
 * room is free again.
 */
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** What one thread begins in a row before it goes back to its other work. */
  private static final int MOST_IN_A_ROW = 64;

  private final Desk desk;
  private final Courier courier;
  private final Settler settler;
  private final Time time;
  private final Set<Sending> underWay = ConcurrentHashMap.newKeySet();

  /** One send; equal to itself only. */
  private static final class Sending {
    final Turn turn;
    final long begun;

    Sending(Turn turn, long begun) {
      this.turn = turn;
      this.begun = begun;
    }
  }

  Dispatcher(Desk desk, Courier courier, Settler settler, Time time) {
    this.desk = desk;
    this.courier = courier;
    this.settler = settler;
    this.time = time;
  }

  /** Works until the desk is closed and every send has ended. */
  Void run() throws InterruptedException {
    while (desk.await()) {
      settler.awaitRoom();
      pump();
    }
    desk.awaitIdle();
    return null;
  }

  /** Gives up what has taken longer than that; so many. */
  int giveUp(Duration longest) {
    int givenUp = 0;
    for (Sending sending : underWay) {
      if (time.nanos() - sending.begun >= longest.toNanos()
          && end(sending, courier.givenUp(sending.turn))) {
        givenUp++;
      }
    }
    if (givenUp > 0) {
      desk.ring();
    }
    return givenUp;
  }

  private void pump() {
    for (int i = 0; i < MOST_IN_A_ROW && settler.hasRoom(); i++) {
      Turn turn = desk.poll();
      if (turn == null) {
        return;
      }
      begin(turn);
    }
    desk.ring();
  }

  private void begin(Turn turn) {
    if (turn.ready().prepared() instanceof PreparedEmail mail && mail.isSigned()) {
      Thread.startVirtualThread(() -> {
        deliver(turn);
        pump();
      });
    } else {
      deliver(turn);
    }
  }

  private void deliver(Turn turn) {
    Sending sending = new Sending(turn, time.nanos());
    underWay.add(sending);
    Future<Settlement> settlement = courier.deliver(turn);
    if (settlement.isComplete()) {
      ended(sending, settlement);
    } else {
      settlement.onComplete(done -> {
        ended(sending, done);
        pump();
      });
    }
  }

  private void ended(Sending sending, AsyncResult<Settlement> settlement) {
    if (settlement.succeeded()) {
      end(sending, settlement.result());
    } else {
      // a bug of ours must not lose it: the watch gives it up
      log.error("delivery.unsettled delivery={}", sending.turn.task().id(), settlement.cause());
    }
  }

  /** False when it had ended before. */
  private boolean end(Sending sending, Settlement settlement) {
    if (!underWay.remove(sending)) {
      return false;
    }
    settler.add(settlement);
    courier.trace(sending.turn, settlement, time.nanos() - sending.begun);
    desk.done(sending.turn, settlement.reason());
    return true;
  }
}
