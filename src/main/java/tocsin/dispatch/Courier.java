package tocsin.dispatch;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Channel;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.Recipient;
import tocsin.channel.Channels;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.delivery.Settlement;
import tocsin.render.MailTokens;
import tocsin.render.PreparedEmail;
import tocsin.render.PreparedSms;
import tocsin.render.PreparedWebhook;
import tocsin.selfservice.WaysBack;
import tocsin.trace.Traces;
import tocsin.trace.Traces.UpdateKey;

/** Makes one message of a prepared one, sends it, and says what that means for the record. */
public final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final Duration SHORTEST_VALIDITY = Duration.ofSeconds(5);
  private static final Duration LONGEST_VALIDITY = Duration.ofHours(10);
  private static final Duration UNTIL_ON_RECORD = Duration.ofSeconds(2);

  private final Channels channels;
  private final WaysBack ways;
  private final Throttles throttles = new Throttles();
  private final RetryPolicy policy;
  private final Time time;
  private final RandomGenerator random;
  private final MailRefusals refusals;
  private final Traces traces;

  /** Whose sends are not followed. */
  public Courier(
      Channels channels, WaysBack ways, RetryPolicy policy, Time time, RandomGenerator random) {
    this(channels, ways, policy, time, random, Traces.OFF);
  }

  public Courier(
      Channels channels,
      WaysBack ways,
      RetryPolicy policy,
      Time time,
      RandomGenerator random,
      Traces traces) {
    this.traces = traces;
    this.channels = channels;
    this.ways = ways;
    this.policy = policy;
    this.time = time;
    this.random = random;
    this.refusals = new MailRefusals(time.ticker());
  }

  /** Never fails. */
  Future<Settlement> deliver(Turn turn) {
    Task task = turn.task();
    if (age(task).compareTo(policy.freshness()) > 0) {
      return Future.succeededFuture(
          Settlement.failed(
              task.claim(),
              task.recipient().id(),
              task.attempts(),
              Reason.EXPIRED,
              "older than " + policy.freshness().toHours() + " h",
              time.now()));
    }
    return sent(turn.ready()).map(outcome -> settlement(turn, outcome));
  }

  /** Traces a send that ended, or was given up, after so long. */
  void trace(Turn turn, Settlement settlement, long nanos) {
    Task task = turn.task();
    if (traces.samples(task.claim().audience(), task.recipient().id())) {
      traces.step(
          new UpdateKey(task.update().incident(), task.update().sequence()),
          "send",
          traces.now() - nanos,
          attributes(task, settlement));
    }
  }

  private static Map<String, String> attributes(Task task, Settlement settlement) {
    Reason reason = settlement.reason();
    return Map.of(
        "tocsin.delivery", task.id().toString(),
        "tocsin.channel", task.recipient().channel().word(),
        "tocsin.outcome", settlement.state().word(),
        "tocsin.reason", reason == null ? "" : reason.word(),
        "tocsin.attempts", Integer.toString(settlement.attempts()));
  }

  /** Of a send that did not end in time; the provider may have taken it. */
  Settlement givenUp(Turn turn) {
    return settlement(turn, channels.hung(turn.task().recipient().channel()));
  }

  private Settlement settlement(Turn turn, Outcome outcome) {
    Task task = turn.task();
    Instant now = time.now();
    int subscriber = task.recipient().id();
    Settlement settlement = settlement(turn, outcome, subscriber, now);
    pause(task, outcome, settlement);
    if (task.recipient().channel() == Channel.EMAIL) {
      refusals.heard(task.recipient().address(), outcome);
    }
    return settlement;
  }

  /** Who asked for a pause gets one, and who wants no more until that is on record. */
  private void pause(Task task, Outcome outcome, Settlement settlement) {
    if (task.recipient().channel() != Channel.WEBHOOK) {
      return;
    }
    if (outcome instanceof Outcome.Deferred deferred) {
      Duration pause = deferred.pause();
      if (pause != null) {
        throttles.pause(settlement.subscriber(), settlement.at().plus(pause));
      }
    } else if (settlement.reason() == Reason.GONE) {
      throttles.pause(settlement.subscriber(), settlement.at().plus(UNTIL_ON_RECORD));
    }
  }

  /** Endpoints that asked for a pause. */
  Throttles throttles() {
    return throttles;
  }

  private Settlement settlement(Turn turn, Outcome outcome, int subscriber, Instant now) {
    Task task = turn.task();
    return switch (outcome) {
      case Outcome.Sent(String providerId) ->
          Settlement.sent(task.claim(), subscriber, task.attempts() + 1, providerId, now);
      case Outcome.Rejected(Reason reason, String detail) ->
          Settlement.failed(task.claim(), subscriber, task.attempts() + 1, reason, detail, now);
      case Outcome.Deferred(Reason reason, String detail, Duration after) ->
          switch (policy.decide(reason, after, failed(turn, reason), age(task), random)) {
            case RetryPolicy.Decision.Again(Duration in) ->
                Settlement.deferred(
                    task.claim(),
                    subscriber,
                    failed(turn, reason),
                    reason,
                    detail,
                    now,
                    now.plus(in));
            case RetryPolicy.Decision.GiveUp() ->
                Settlement.failed(
                    task.claim(),
                    subscriber,
                    failed(turn, reason),
                    Reason.EXPIRED,
                    reason.word() + ": " + detail,
                    now);
          };
    };
  }

  /**
   * A host that is known to be down costs nobody an attempt, nor does a provider of texts that asks
   * for less: it never processed them.
   */
  private static int failed(Turn turn, Reason reason) {
    Task task = turn.task();
    boolean unprocessed = reason == Reason.THROTTLED && task.recipient().channel() == Channel.SMS;
    boolean costs = reason.costsAnAttempt() && !turn.probe() && !unprocessed;
    return task.attempts() + (costs ? 1 : 0);
  }

  private Future<Outcome> sent(Ready ready) {
    try {
      return channels
          .send(message(ready))
          .map(outcome -> Discretion.of(outcome, ready.task().recipient()))
          .otherwise(bug -> crashed(ready.task(), bug));
    } catch (RuntimeException bug) {
      return Future.succeededFuture(crashed(ready.task(), bug));
    }
  }

  private static Outcome crashed(Task task, Throwable bug) {
    log.error(
        "delivery.crashed delivery={} channel={}",
        task.id(),
        task.recipient().channel().word(),
        bug);
    return new Outcome.Deferred(Reason.INTERNAL, bug.getClass().getSimpleName(), null);
  }

  private Duration age(Task task) {
    return Duration.between(task.newsSince(), time.now());
  }

  private Message message(Ready ready) {
    Task task = ready.task();
    Recipient recipient = task.recipient();
    Instant now = time.now();
    return switch (ready.prepared()) {
      case PreparedEmail mail ->
          new Message.Email(
              task.id(),
              ways.returnPath().of(task.id(), now),
              recipient.address(),
              mail.patched(recipient.address(), task.id(), tokens(recipient), now));
      case PreparedSms text ->
          new Message.Sms(
              task.id(),
              ready.sender(),
              recipient.address(),
              text.text(),
              text.segments(),
              validity(task));
      case PreparedWebhook event ->
          new Message.Webhook(
              task.id(),
              recipient.address(),
              recipient.keys(),
              recipient.dialect(),
              event.isPersonal()
                  ? event.patched(ways.tokens().token(Purpose.UNSUBSCRIBE, recipient.id()))
                  : event.body());
    };
  }

  private MailTokens tokens(Recipient recipient) {
    return new MailTokens(
        ways.tokens().token(Purpose.UNSUBSCRIBE, recipient.id()),
        ways.tokens()
            .token(Purpose.PREFERENCES, new Link(recipient.id(), recipient.linkVersion())));
  }

  /** What is left of the update's freshness: a provider must not deliver it when it is no news. */
  private Duration validity(Task task) {
    Duration left = policy.freshness().minus(age(task));
    if (left.compareTo(SHORTEST_VALIDITY) < 0) {
      return SHORTEST_VALIDITY;
    }
    return left.compareTo(LONGEST_VALIDITY) < 0
        ? Duration.ofSeconds(left.toSeconds())
        : LONGEST_VALIDITY;
  }
}
