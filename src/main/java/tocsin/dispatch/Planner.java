package tocsin.dispatch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.ImmutableBitmapDataProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.AudienceIndex;
import tocsin.delivery.Plans;
import tocsin.delivery.Plans.Plan;
import tocsin.delivery.Told;
import tocsin.incident.Update;
import tocsin.store.Answer;
import tocsin.trace.Traces;
import tocsin.trace.Traces.UpdateKey;

/** Turns accepted updates into frozen audiences and chunks, in order of acceptance. */
public final class Planner extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(Planner.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  /** The first plan after a start waits for the index to be read. */
  private static final Duration LONGEST_PLAN = Duration.ofMinutes(5);

  private final Plans plans;
  private final AudienceIndex index;
  private final Match match;
  private final Preparation preparation;
  private final Traces traces;
  private final Counter nobody;
  private final Counter somebody;
  private final Counter parked;
  private final Signal signal = new Signal();
  private volatile boolean stopping;
  private Future<?> running = Future.succeededFuture();

  public Planner(
      Plans plans,
      AudienceIndex index,
      Told told,
      Preparation preparation,
      MeterRegistry registry,
      Traces traces) {
    this.traces = traces;
    this.plans = plans;
    this.index = index;
    this.match = new Match(index, told);
    this.preparation = preparation;
    this.nobody = counter("nobody", registry);
    this.somebody = counter("somebody", registry);
    this.parked = counter("parked", registry);
  }

  /** An update may be there. */
  public void wake() {
    signal.give();
  }

  @Override
  public Future<?> start() {
    running = vertx.executeBlocking(this::run, false);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    stopping = true;
    signal.give();
    return running.otherwiseEmpty();
  }

  private Void run() throws InterruptedException {
    while (!stopping) {
      try {
        Optional<Update> planned = Answer.of(plans.next(this::plan), LONGEST_PLAN);
        if (planned.isEmpty()) {
          // what has changed by now need not be read when it counts
          Answer.of(index.refresh(), LONGEST_PLAN);
          signal.await(POLL);
        }
      } catch (RuntimeException e) {
        log.warn("planner.failed retrying=true", e);
        signal.await(POLL);
      }
    }
    return null;
  }

  private Future<Plan> plan(Update update) {
    if (!update.notifies()) {
      return Future.succeededFuture(new Plan.Fanout(List.of()));
    }
    long begun = traces.now();
    return preparation
        .fault(update)
        .compose(fault -> fault.isPresent() ? park(update, fault.get()) : freeze(update))
        .onSuccess(plan ->
            traces.step(
                new UpdateKey(update.incident(), update.sequence()), "plan", begun, Map.of()));
  }

  private Future<Plan> park(Update update, String fault) {
    parked.increment();
    log.warn(
        "update.parked incident={} update={} reason={}",
        update.incident(),
        update.sequence(),
        fault);
    return Future.succeededFuture(new Plan.Park(fault));
  }

  private Future<Plan> freeze(Update update) {
    return match
        .of(update)
        .map(audiences -> {
          audiences.forEach((channel, members) ->
              log.info(
                  "audience.frozen incident={} update={} channel={} size={}",
                  update.incident(),
                  update.sequence(),
                  channel.word(),
                  members.getCardinality()));
          boolean empty =
              audiences.values().stream().allMatch(ImmutableBitmapDataProvider::isEmpty);
          (empty ? nobody : somebody).increment();
          return new Plan.Fanout(match.parts(update, audiences));
        });
  }

  /** There from the start: an alert sees only what rises. */
  private static Counter counter(String reached, MeterRegistry registry) {
    return Counter.builder("tocsin.updates")
        .description("Updates that were planned, by whom they reach")
        .tag("reached", reached)
        .register(registry);
  }
}
