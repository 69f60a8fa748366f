package tocsin.dispatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.limit.Limiter;

/**
 * The engine of one channel, a virtual-thread verticle. One loader claims work, one dispatcher
 * takes from the desk what may go and sends it, one settler writes what happened:
 *
 * <pre>
 *   loader --tasks--&gt; desk --turns--&gt; dispatcher --settlements--&gt; settler
 *      \---withdrawn, suppressed, superseded, held-----------------^
 * </pre>
 *
 * Stopping: nothing more is claimed or given out, what is in flight ends, the settler writes the
 * rest, and the leases on what was not sent go back.
 */
public final class Lane extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final Duration WATCH = Duration.ofMillis(500);

  private final Channel channel;
  private final Duration longestSend;
  private final Limiter limiter;
  private final Claims claims;
  private final Desk desk;
  private final Loader loader;
  private final Dispatcher dispatcher;
  private final Settler settler;

  private Future<?> sending = Future.succeededFuture();
  private Future<?> loading = Future.succeededFuture();
  private Future<?> settling = Future.succeededFuture();

  /**
   * @param most sends at a time
   * @param longestSend longer than every time-out of the channel's sender: what takes longer hangs
   */
  public Lane(
      Channel channel,
      int most,
      Duration longestSend,
      LaneStore store,
      Limiter limiter,
      Preparation preparation,
      Courier courier,
      MeterRegistry registry,
      Time time) {
    LaneMetrics metrics = new LaneMetrics(channel, registry);
    Leases leases = new Leases(time);
    Signal signal = new Signal();
    this.channel = channel;
    this.longestSend = longestSend;
    this.limiter = limiter;
    this.claims = new Claims(channel, store, leases, metrics, time);
    this.settler = new Settler(channel, store.ledger(), leases, metrics);
    this.desk = new Desk(most, HostRules.of(channel, most), limiter, leases, metrics, signal, time);
    this.loader =
        new Loader(
            desk,
            claims,
            new Members(
                store,
                leases,
                new RecipientLimit(channel, store.sends(), limiter),
                courier.throttles(),
                time),
            new Review(store, desk, leases, settler, time),
            preparation,
            settler,
            leases,
            signal,
            time);
    this.dispatcher = new Dispatcher(desk, courier, settler, time);
    metrics.watch(desk, most);
  }

  public Channel channel() {
    return channel;
  }

  /** Work may be there, or something has been decided about what is in hand. */
  public void wake() {
    loader.wake();
  }

  /** The rates have changed: who waits only for a limit asks again. */
  public void limitsChanged() {
    loader.limitsChanged();
  }

  @Override
  public Future<?> start() {
    settling = vertx.executeBlocking(settler::run, false).onFailure(this::died);
    sending = vertx.executeBlocking(dispatcher::run, false).onFailure(this::died);
    loading = vertx.executeBlocking(loader::run, false).onFailure(this::died);
    limiter.onGrant(desk::laneFree);
    vertx.setPeriodic(Leases.LENGTH.toMillis() / 3, id -> renew());
    vertx.setPeriodic(WATCH.toMillis(), id -> giveUpWhatHangs());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    loader.stop();
    desk.close();
    return loading
        .eventually(() -> sending)
        .eventually(() -> {
          settler.close();
          return settling;
        })
        .eventually(() -> blocking(() -> claims.handBack(Duration.ZERO)))
        .onFailure(e -> log.warn("lane.stopped channel={} leases=kept", channel.word(), e));
  }

  /** What is still being sent while it stops is given up: tried again by whoever goes on. */
  public void cut() {
    blocking(
            () -> {
              int cut = dispatcher.giveUp(Duration.ZERO);
              if (cut > 0) {
                log.warn("lane.cut channel={} sends={}", channel.word(), cut);
              }
            })
        .onFailure(this::died);
  }

  private void giveUpWhatHangs() {
    blocking(
            () -> {
              int hung = dispatcher.giveUp(longestSend);
              if (hung > 0) {
                log.error(
                    "send.hung channel={} count={} longest={}", channel.word(), hung, longestSend);
              }
            })
        .onFailure(this::died);
  }

  private void died(Throwable cause) {
    log.error("lane.died channel={}: restart the gateway", channel.word(), cause);
  }

  private void renew() {
    blocking(claims::renew)
        .onFailure(e -> log.warn("lease.renewal_failed channel={}", channel.word(), e));
  }

  private Future<?> blocking(Runnable action) {
    return vertx.executeBlocking(
        () -> {
          action.run();
          return true;
        },
        false);
  }
}
