package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.CustomerPriority;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.incident.Impact;
import tocsin.incident.Update;

class PriorityTest {
  private EngineFixture engine;
  private final List<Integer> audiences = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    engine = new EngineFixture();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private Outcome receive(Message message) {
    audiences.add(message.id().audience());
    return new Outcome.Sent("queued-1");
  }

  @Test
  void impactComesFirstAndCustomersWithinIt() {
    assertThat(Priority.of(Impact.CRITICAL, CustomerPriority.LOW))
        .isLessThan(Priority.of(Impact.MAJOR, CustomerPriority.HIGH));
    assertThat(Priority.of(Impact.MINOR, CustomerPriority.HIGH))
        .isLessThan(Priority.of(Impact.MINOR, CustomerPriority.NORMAL));
    assertThat(Priority.of(Impact.NONE, CustomerPriority.LOW)).isEqualTo(Priority.CLASSES - 1);
  }

  @Test
  void aCriticalUpdateGoesAheadOfAllThatIsInHand() {
    Update minor = engine.planned(engine.subscribers(3_000, "many.example"), 7);
    Semaphore permits = new Semaphore(100);
    Lane lane =
        engine.lane(
            mail -> {
              permits.acquireUninterruptibly();
              return receive(mail);
            },
            EngineFixture.AT_ONCE,
            1);
    Awaitility.await().until(() -> audiences.size() == 100);

    Update critical = engine.planned(engine.subscribers(100, "few.example"), 1);
    lane.wake();
    Awaitility.await()
        .until(() ->
            engine.number(
                    "select count(*)::int from chunk c join audience a on a.id = c.audience"
                        + " where a.priority = 1 and c.leased")
                == 1);
    Awaitility.await()
        .pollDelay(Duration.ofMillis(200))
        .until(() -> engine.account(critical).pending() == 100);
    permits.release(10_000);

    engine.accountWhenDone(critical);
    engine.accountWhenDone(minor);

    int last = audiences.lastIndexOf(audience(critical));
    // one of the others was under way already
    assertThat(audiences.subList(0, last)).hasSizeLessThanOrEqualTo(100 + 1 + 100);
  }

  @Test
  void twoIncidentsOfOnePriorityTakeTurns() {
    Update first = engine.planned(engine.subscribers(3_000, "one.example"));
    Update second = engine.planned(engine.subscribers(3_000, "two.example"));
    engine.lane(this::receive, EngineFixture.AT_ONCE, 1);

    engine.accountWhenDone(first);
    engine.accountWhenDone(second);

    int id = audience(first);
    assertThat(audiences.subList(0, 3_000).stream().filter(audience -> audience == id).count())
        .isBetween(1_000L, 2_000L);
  }

  private int audience(Update update) {
    return engine.number("select id from audience where update_id = " + update.id());
  }
}
