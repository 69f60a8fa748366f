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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.delivery.Account;
import tocsin.delivery.Completions;
import tocsin.delivery.Completions.Completed;
import tocsin.delivery.Completions.Pending;
import tocsin.trace.Traces;
import tocsin.trace.Traces.UpdateKey;

/** Tells the operators what is pending and when an audience is done: a line in the log, metrics. */
public final class Progress extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(Progress.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(5);

  private static final Duration[] BOUNDS = {
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofSeconds(60),
    Duration.ofSeconds(300),
    Duration.ofSeconds(900)
  };

  private final Completions completions;
  private final Traces traces;

  /** By the last look; null while that failed: nobody can tell. */
  private volatile @Nullable Map<Channel, Pending> pending;

  private final Map<Channel, Timer> toFirst = new EnumMap<>(Channel.class);
  private final Map<Channel, Timer> toLast = new EnumMap<>(Channel.class);

  /** Only its own event loop asks and answers. */
  private boolean looking;

  public Progress(Completions completions, MeterRegistry registry, Traces traces) {
    this.completions = completions;
    this.traces = traces;
    for (Channel channel : Channel.values()) {
      Gauge.builder("tocsin.pending", () -> pending(channel, Pending::count))
          .description("Deliveries without a final outcome, over all nodes")
          .tag("channel", channel.word())
          .register(registry);
      Gauge.builder("tocsin.parked", () -> pending(channel, Pending::parked))
          .description("Deliveries that are set aside until somebody requeues them, over all nodes")
          .tag("channel", channel.word())
          .register(registry);
      Gauge.builder(
              "tocsin.pending.oldest",
              () -> pending(channel, some -> some.oldest().toMillis() / 1000.0))
          .description(
              "Age of the oldest update that is not held and that somebody was never tried to be told of")
          .baseUnit("seconds")
          .tag("channel", channel.word())
          .register(registry);
      toFirst.put(
          channel,
          Timer.builder("tocsin.time.to.first.send")
              .description("From an accepted update to its first hand-over to a provider")
              .serviceLevelObjectives(BOUNDS)
              .tag("channel", channel.word())
              .register(registry));
      toLast.put(
          channel,
          Timer.builder("tocsin.time.to.last.send")
              .description("From an accepted update to its last hand-over to a provider")
              .serviceLevelObjectives(BOUNDS)
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
        .timeout(LONGEST_LOOK.toSeconds(), TimeUnit.SECONDS)
        .onComplete((counted, failure) -> pending = counted)
        .compose(read -> completions.note())
        .onSuccess(this::tell)
        .onFailure(e -> log.debug("progress.unknown", e))
        .onComplete(done -> looking = false);
  }

  private Number pending(Channel channel, Function<Pending, Number> figure) {
    Map<Channel, Pending> known = pending;
    return known == null ? Double.NaN : figure.apply(known.getOrDefault(channel, Pending.NONE));
  }

  private void tell(List<Completed> finished) {
    for (Completed done : finished) {
      Account account = done.account();
      if (account.firstSentAt() != null && account.lastSentAt() != null) {
        Duration first = Duration.between(done.acceptedAt(), account.firstSentAt());
        Duration last = Duration.between(done.acceptedAt(), account.lastSentAt());
        traces.exemplary(
            new UpdateKey(done.incident(), done.sequence()),
            () -> {
              record(toFirst, done, first);
              record(toLast, done, last);
            });
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
