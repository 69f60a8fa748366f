package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tocsin.audience.Channel;
import tocsin.audience.Recipient;
import tocsin.audience.Recipients;
import tocsin.audience.Standing;
import tocsin.audience.Subscriber;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Subscribers;
import tocsin.delivery.AttemptCursor;
import tocsin.delivery.AttemptId;
import tocsin.delivery.LoggedAttempt;
import tocsin.delivery.LoggedAttempts;
import tocsin.delivery.Replays;
import tocsin.dispatch.EndpointTest;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/** What can be seen of a subscriber's endpoint, and done about it. */
public final class EndpointResource implements Resource {
  private static final int MOST_TESTS = 8;
  private static final Set<Standing> TESTABLE =
      EnumSet.of(Standing.ACTIVE, Standing.QUARANTINED, Standing.DISABLED);

  private final Subscribers subscribers;
  private final LoggedAttempts attempts;
  private final Recipients recipients;
  private final Replays replays;
  private final EndpointTest test;
  private final InstantSource clock;
  private final TestRate rate = new TestRate();
  private final AtomicInteger testing = new AtomicInteger();

  public EndpointResource(
      Subscribers subscribers,
      LoggedAttempts attempts,
      Recipients recipients,
      Replays replays,
      EndpointTest test,
      InstantSource clock) {
    this.subscribers = subscribers;
    this.attempts = attempts;
    this.recipients = recipients;
    this.replays = replays;
    this.test = test;
    this.clock = clock;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "activateSubscriber", this::activate,
        "listAttempts", this::attempts,
        "getAttempt", this::attempt,
        "replayToSubscriber", this::replay,
        "testSubscriber", this::test);
  }

  private Future<Answer> activate(Call call) {
    return subscribers
        .activate(call.number("subscriber"))
        .map(subscriber -> Answer.ok(SubscriberJson.print(subscriber)));
  }

  private Future<Answer> attempts(Call call) {
    Page page = Page.of(call);
    AttemptCursor after = page.afterAttempt();
    return subscribers
        .get(call.number("subscriber"))
        .compose(subscriber -> attempts.page(subscriber.id(), after, page.limit()))
        .map(found ->
            page.of(
                call,
                "attempts",
                found,
                AttemptJson::print,
                attempt -> attempt.cursor().toString()));
  }

  private Future<Answer> attempt(Call call) {
    String id = call.text("attempt");
    Problem unknown = Problem.notFound("there is no attempt " + id);
    return attempts
        .find(call.number("subscriber"), AttemptId.parse(id).orElseThrow(() -> unknown.exception()))
        .map(found ->
            Answer.ok(AttemptJson.printWhole(found.orElseThrow(() -> unknown.exception()))));
  }

  private Future<Answer> replay(Call call) {
    Replays.Range range = ReplayJson.range(call.body());
    return active(call)
        .compose(subscriber ->
            replays.replay(subscriber.id(), subscriber.channel(), range, clock.instant()))
        .map(report -> {
          JsonObject json =
              new JsonObject().put("replayed", report.replayed()).put("more", report.more());
          return Answer.ok(report.more() ? json.put("from", report.next()) : json);
        });
  }

  /** Also of an endpoint that was given up: before it is activated, one wants to know. */
  private Future<Answer> test(Call call) {
    return subscribers
        .get(call.number("subscriber"))
        .compose(subscriber -> {
          if (subscriber.channel() != Channel.WEBHOOK) {
            throw Problem.conflict("only a webhook can be tested").exception();
          }
          if (!TESTABLE.contains(subscriber.standing())) {
            throw notNow(subscriber);
          }
          return recipients.load(new int[] {subscriber.id()});
        })
        .compose(found -> test(found.getFirst()))
        .map(attempt -> Answer.ok(AttemptJson.ofTest(attempt)));
  }

  private Future<LoggedAttempt> test(Recipient endpoint) {
    Duration wait = rate.ask(endpoint.id(), clock.instant());
    if (!wait.isZero()) {
      throw tooMany("this endpoint was just tested", wait);
    }
    if (testing.incrementAndGet() > MOST_TESTS) {
      testing.decrementAndGet();
      throw tooMany("other endpoints are being tested", Duration.ofSeconds(1));
    }
    return test.send(endpoint).map(LoggedAttempt::of).onComplete(done -> testing.decrementAndGet());
  }

  private static ProblemException notNow(Subscriber subscriber) {
    return Problem.conflict("the subscriber is " + subscriber.standing().word()).exception();
  }

  private static Refusal tooMany(String detail, Duration wait) {
    return new Refusal(
        ProblemType.TOO_MANY_REQUESTS,
        detail,
        Map.of("Retry-After", Long.toString(wait.plusMillis(999).toSeconds())));
  }

  /** Fails with CONFLICT where nothing would be sent. */
  private Future<Subscriber> active(Call call) {
    return subscribers
        .get(call.number("subscriber"))
        .map(subscriber -> {
          if (subscriber.standing() != Standing.ACTIVE) {
            throw notNow(subscriber);
          }
          return subscriber;
        });
  }
}
