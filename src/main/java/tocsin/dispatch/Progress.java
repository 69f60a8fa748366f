package tocsin.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.delivery.Account;
import tocsin.delivery.Completions;
import tocsin.delivery.Completions.Completed;

/** Tells the operators what is pending and when an audience is done: a line in the log, metrics. */
public final class Progress extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(Progress.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Completions completions;
  private final Map<Channel, AtomicLong> pending = new EnumMap<>(Channel.class);
  private final Map<Channel, Timer> toFirst = new EnumMap<>(Channel.class);
  private final Map<Channel, Timer> toLast = new EnumMap<>(Channel.class);

  /** Only its own event loop asks and answers. */
  private boolean looking;

  public Progress(Completions completions, MeterRegistry registry) {
    this.completions = completions;
    for (Channel channel : Channel.values()) {
      AtomicLong count = new AtomicLong();
      pending.put(channel, count);
      Gauge.builder("tocsin.pending", count, AtomicLong::get)
          .description("Deliveries without a final outcome, over all nodes")
          .tag("channel", channel.word())
          .register(registry);
      toFirst.put(
          channel,
          Timer.builder("tocsin.time.to.first.send")
              .description("From an accepted update to its first hand-over to a provider")
              .tag("channel", channel.word())
              .register(registry));
      toLast.put(
          channel,
          Timer.builder("tocsin.time.to.last.send")
              .description("From an accepted update to its last hand-over to a provider")
              .tag("channel", channel.word())
              .register(registry));
    }
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(EVERY.toMillis(), id -> look());
    return Future.succeededFuture();
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    completions
        .pending()
        .onSuccess(counts -> counts.forEach((channel, n) -> counter(channel).set(n)))
        .compose(counts -> completions.note())
        .onSuccess(this::tell)
        .onFailure(e -> log.debug("progress.unknown", e))
        .onComplete(done -> looking = false);
  }

  private AtomicLong counter(Channel channel) {
    return pending.computeIfAbsent(channel, absent -> new AtomicLong());
  }

  private void tell(List<Completed> finished) {
    for (Completed done : finished) {
      Account account = done.account();
      if (account.firstSentAt() != null && account.lastSentAt() != null) {
        record(toFirst, done, Duration.between(done.acceptedAt(), account.firstSentAt()));
        record(toLast, done, Duration.between(done.acceptedAt(), account.lastSentAt()));
      }
      log.info(
          "audience.done incident={} update={} channel={} audience={} sent={} failed={}"
              + " suppressed={} withdrawn={} superseded={}",
          done.incident(),
          done.sequence(),
          done.channel().word(),
          account.audience(),
          account.sent(),
          account.failed(),
          account.suppressed(),
          account.withdrawn(),
          account.superseded());
    }
  }

  private static void record(Map<Channel, Timer> timers, Completed done, Duration took) {
    Timer timer = timers.get(done.channel());
    if (timer != null) {
      timer.record(took);
    }
  }
}
