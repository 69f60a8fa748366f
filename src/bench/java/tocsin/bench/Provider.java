package tocsin.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Sender;

/** Takes every mail after so long, and counts. */
final class Provider implements Sender<Message.Email> {
  private static final Outcome SENT = new Outcome.Sent("");

  private final Duration pause;
  private final LongAdder count = new LongAdder();
  private final AtomicLong first = new AtomicLong();

  Provider(Duration pause) {
    this.pause = pause;
  }

  @Override
  public Outcome send(Message.Email mail) {
    if (first.getPlain() == 0) {
      first.compareAndSet(0, System.nanoTime());
    }
    if (!pause.isZero()) {
      try {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    count.increment();
    return SENT;
  }

  long count() {
    return count.sum();
  }

  /** When the first mail was handed over, by System.nanoTime(); 0 before. */
  long first() {
    return first.get();
  }

  @Override
  public void close() {
    // holds nothing
  }
}
