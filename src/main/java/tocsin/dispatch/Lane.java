package tocsin.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.channel.Reason;
import tocsin.delivery.Settlement;
import tocsin.limit.Limiter;

/**
 * The engine of one channel, a virtual-thread verticle. One feeder claims work and keeps to the
 * limits, so many workers send, one settler writes what happened:
 *
 * <pre>
 *   feeder --ready--&gt; workers --settlements--&gt; settler
 *      \---withdrawn, suppressed, held---------^
 * </pre>
 *
 * Stopping: the feeder claims no more, what is in flight ends, the settler writes the rest, and the
 * leases on what was not sent go back.
 */
public final class Lane extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /**
   * How often a provider that refuses us is asked again, by no more messages than there are
   * workers.
   */
  private static final Duration OPERATOR_PAUSE = Duration.ofMinutes(1);

  private final Channel channel;
  private final int workers;
  private final Backlog backlog;
  private final Feeder feeder;
  private final Courier courier;
  private final Settler settler;
  private final Shares shares;

  /** Empty: no more will come, for one worker. */
  private final BlockingQueue<Optional<Ready>> ready;

  private final List<Future<?>> working = new ArrayList<>();
  private Future<?> feeding = Future.succeededFuture();
  private Future<?> settling = Future.succeededFuture();

  /**
   * @param workers sends at a time
   */
  public Lane(
      Channel channel,
      int workers,
      LaneStore store,
      Limiter limiter,
      Preparation preparation,
      Courier courier,
      MeterRegistry registry,
      Time time) {
    LaneMetrics metrics = new LaneMetrics(channel, registry);
    Leases leases = new Leases(time);
    this.channel = channel;
    this.workers = workers;
    this.courier = courier;
    this.backlog = new Backlog(channel, store, leases, time);
    this.settler = new Settler(channel, store.ledger(), leases, metrics);
    this.shares = new Shares(channel == Channel.WEBHOOK ? Math.max(1, workers / 2) : workers);
    this.ready = new ArrayBlockingQueue<>(workers);
    this.feeder =
        new Feeder(
            backlog, new Pacer(limiter, metrics, time), preparation, settler, shares, ready, time);
  }

  public Channel channel() {
    return channel;
  }

  /** Work may be there. */
  public void wake() {
    feeder.wake();
  }

  /** The rates have changed: who waits only for a limit asks again. */
  public void limitsChanged() {
    feeder.limitsChanged();
  }

  @Override
  public Future<?> start() {
    settling = vertx.executeBlocking(settler::run, false);
    for (int i = 0; i < workers; i++) {
      working.add(vertx.executeBlocking(this::work, false));
    }
    feeding = vertx.executeBlocking(feeder::run, false);
    settling.onFailure(this::died);
    feeding.onFailure(this::died);
    working.forEach(worker -> worker.onFailure(this::died));
    vertx.setPeriodic(Leases.LENGTH.toMillis() / 3, id -> renew());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    feeder.stop();
    return feeding
        .eventually(() -> blocking(this::dismiss))
        .eventually(() -> Future.join(working))
        .eventually(() -> {
          settler.close();
          return settling;
        })
        .eventually(() -> blocking(() -> backlog.handBack(Duration.ZERO)))
        .onFailure(e -> log.warn("lane.stopped channel={} leases=kept", channel.word(), e));
  }

  private void died(Throwable cause) {
    log.error("lane.died channel={}: restart the gateway", channel.word(), cause);
  }

  private void renew() {
    blocking(backlog::renew)
        .onFailure(e -> log.warn("lease.renewal_failed channel={}", channel.word(), e));
  }

  private interface Action {
    void run() throws InterruptedException;
  }

  private Future<?> blocking(Action action) {
    return vertx.executeBlocking(
        () -> {
          action.run();
          return true;
        },
        false);
  }

  private Void work() throws InterruptedException {
    Optional<Ready> next = ready.take();
    while (next.isPresent()) {
      if (backlog.holds(next.get().task().claim())) {
        Settlement settlement = courier.deliver(next.get());
        if (settlement.reason() == Reason.OPERATOR) {
          feeder.suspend(OPERATOR_PAUSE);
        }
        settler.add(settlement);
      }
      shares.leave(next.get().host());
      next = ready.take();
    }
    return null;
  }

  private void dismiss() throws InterruptedException {
    for (int i = 0; i < workers; i++) {
      ready.put(Optional.empty());
    }
  }
}
