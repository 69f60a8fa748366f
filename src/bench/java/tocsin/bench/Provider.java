package tocsin.bench;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Sender;

/** Takes every mail after so long, counts, and notes when they were handed over. */
final class Provider implements Sender<Message.Email> {
  private static final Outcome SENT = new Outcome.Sent("");

  private final Duration pause;
  private final Noting noting;
  private final LongAdder count = new LongAdder();
  private final AtomicLong first = new AtomicLong();
  private final Times times = new Times();

  /** Which hand-overs are noted with their time. */
  enum Noting {
    THE_FIRST,
    ALL
  }

  Provider(Duration pause, Noting noting) {
    this.pause = pause;
    this.noting = noting;
  }

  @Override
  public Future<Outcome> send(Message.Email mail) {
    if (noting == Noting.ALL) {
      times.add(System.nanoTime());
    }
    if (first.getPlain() == 0) {
      first.compareAndSet(0, System.nanoTime());
    }
    if (pause.isZero()) {
      return Future.succeededFuture(taken());
    }
    return Future.fromCompletionStage(
        CompletableFuture.supplyAsync(
            this::taken,
            CompletableFuture.delayedExecutor(
                pause.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)));
  }

  private Outcome taken() {
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

  /** The hand-overs that were noted. */
  Times times() {
    return times;
  }

  @Override
  public void close() {
    // holds nothing
  }
}
