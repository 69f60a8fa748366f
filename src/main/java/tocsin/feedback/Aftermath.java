package tocsin.feedback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.DeliveryId;
import tocsin.audience.Standing;
import tocsin.audience.Subscribers;
import tocsin.channel.sms.Verdict;
import tocsin.delivery.Requeues;
import tocsin.feedback.SmsFailures.History;

/**
 * Draws the consequences when a text that was taken fails: the number is set aside, the text is
 * sent again, an operator is told. Each failure once, however often it is reported.
 */
public final class Aftermath {
  private static final Logger log = LoggerFactory.getLogger(Aftermath.class);

  private final SmsFailures failures;
  private final Subscribers subscribers;
  private final Requeues requeues;
  private final InstantSource clock;
  private final MeterRegistry registry;

  public Aftermath(
      Pool pool,
      Subscribers subscribers,
      Requeues requeues,
      InstantSource clock,
      MeterRegistry registry) {
    this.failures = new SmsFailures(pool);
    this.subscribers = subscribers;
    this.requeues = requeues;
    this.clock = clock;
    this.registry = registry;
  }

  Future<Boolean> isKnown(String sid, DeliveryId id) {
    return failures.before(sid, id, 0).map(History::known);
  }

  /** False where it is too early: what was sent is not on record yet. */
  Future<Boolean> of(DeliveryId id, String sid, int code) {
    return failures
        .before(sid, id, code)
        .compose(history ->
            history.known()
                ? Future.succeededFuture(true)
                : drawn(id, sid, code, history)
                    .compose(done ->
                        done
                            ? failures.note(sid, id, code).map(true)
                            : Future.succeededFuture(false)));
  }

  private Future<Boolean> drawn(DeliveryId id, String sid, int code, History history) {
    Verdict verdict = Verdict.of(code);
    return consequence(verdict, id, sid, code, history)
        .onSuccess(done -> {
          if (done) {
            Counter.builder("tocsin.sms.undelivered")
                .description("Texts that Twilio took and that failed, by what it came to")
                .tag("verdict", verdict.word())
                .register(registry)
                .increment();
          }
        });
  }

  private Future<Boolean> consequence(
      Verdict verdict, DeliveryId id, String sid, int code, History history) {
    return switch (verdict) {
      case Verdict.Dead() -> suspended(id, Standing.QUARANTINED);
      case Verdict.OptedOut() -> suspended(id, Standing.OPTED_OUT);
      case Verdict.Strike(int most, Verdict.Again again) ->
          history.strikes() + 1 >= most
              ? suspended(id, Standing.QUARANTINED)
              : again(id, sid, code, again, history);
      case Verdict.Again again -> again(id, sid, code, again, history);
      case Verdict.Operator operator -> told(operator, id, code);
      case Verdict.Unregistered unregistered -> told(unregistered, id, code);
      case Verdict.Lost() -> Future.succeededFuture(true);
    };
  }

  private static Future<Boolean> told(Verdict verdict, DeliveryId id, int code) {
    log.warn("sms.undelivered delivery={} code={} verdict={}", id, code, verdict.word());
    return Future.succeededFuture(true);
  }

  private Future<Boolean> suspended(DeliveryId id, Standing standing) {
    return subscribers.suspend(id.subscriber(), standing).map(true);
  }

  private Future<Boolean> again(
      DeliveryId id, String sid, int code, Verdict.Again again, History history) {
    if (history.tries() >= again.most()) {
      return Future.succeededFuture(true);
    }
    return requeues
        .requeue(
            List.of(new Requeues.Order(id, sid)),
            new Requeues.Terms(
                Requeues.Kind.RETRY, "Twilio " + code, clock.instant().plus(again.after())))
        .map(requeued -> !requeued.isEmpty());
  }
}
