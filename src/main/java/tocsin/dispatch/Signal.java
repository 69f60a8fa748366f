package tocsin.dispatch;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread early; a signal given while nobody waits is not lost. */
final class Signal {
  private final BlockingQueue<Boolean> given = new ArrayBlockingQueue<>(1);

  void give() {
    given.offer(Boolean.TRUE);
  }

  /** Waits for a signal, at most so long; true if there was one. */
  boolean await(Duration longest) throws InterruptedException {
    return given.poll(longest.toNanos(), TimeUnit.NANOSECONDS) != null;
  }
}
