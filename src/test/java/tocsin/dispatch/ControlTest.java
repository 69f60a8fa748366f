package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.delivery.Account;
import tocsin.delivery.Delivery;
import tocsin.delivery.DeliveryState;
import tocsin.incident.Control;
import tocsin.incident.Update;

/** What an operator decides about a fan-out that runs. */
class ControlTest {
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final Semaphore permits = new Semaphore(100);
  private EngineFixture engine;
  private Lane lane;
  private Update update;

  @BeforeEach
  void aFanOutInTheMiddle() throws Exception {
    engine = new EngineFixture();
    update = engine.planned(engine.subscribers(1_200, "example.com"));
    lane = engine.lane(this::receive, EngineFixture.AT_ONCE, 4);
    Awaitility.await().until(() -> received.size() == 100);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private Outcome receive(Message.Email mail) {
    permits.acquireUninterruptibly();
    received.add(mail.recipient());
    return new Outcome.Sent("queued-1");
  }

  private void control(Control control) {
    engine.sql(
        "update incident_update set control = '%s' where id = %d"
            .formatted(control.word(), update.id()));
    lane.wake();
  }

  @Test
  void whatIsPausedEndsWhatIsInFlightHandsBackTheRestAndGoesOnWhenResumed() {
    control(Control.PAUSED);
    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from chunk where leased") == 1);
    permits.release(10_000);
    Awaitility.await()
        .until(() -> engine.number("select count(*)::int from chunk where leased") == 0);

    assertThat(received).hasSizeBetween(100, 104);
    assertThat(engine.account(update).sent()).isEqualTo(received.size());
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .until(() -> engine.account(update).sent() == received.size() && received.size() <= 104);

    control(Control.RUNNING);
    assertThat(engine.accountWhenDone(update).sent()).isEqualTo(1_200);
    assertThat(received).hasSize(1_200).doesNotHaveDuplicates();
  }

  @Test
  void whatIsCancelledDoesNotWaitForItsRetries() {
    permits.release(10_000);
    engine.stopLanes();
    Update other = engine.planned(engine.subscribers(30, "later.example"));
    Lane deferring =
        engine.lane(
            mail -> new Outcome.Deferred(Reason.RECIPIENT_UNAVAILABLE, "450", null),
            new RetryPolicy(List.of(Duration.ofHours(2)), Duration.ofHours(24)),
            4);
    Awaitility.await()
        .until(() ->
            engine.number(
                    "select count(*)::int from retry r join audience a on a.id = r.audience"
                        + " where r.due_at > now() + interval '1 h' and a.update_id = "
                        + other.id())
                == 30);

    engine.sql("update incident_update set control = 'cancelled' where id = " + other.id());
    deferring.wake();

    assertThat(engine.accountWhenDone(other).suppressed()).isEqualTo(30);
  }

  @Test
  void whatIsCancelledIsSuppressedForWhomItHasNotReached() {
    control(Control.CANCELLED);
    Awaitility.await().until(() -> engine.account(update).suppressed() > 0);
    permits.release(10_000);

    Account account = engine.accountWhenDone(update);

    assertThat(account.sent()).isEqualTo(received.size()).isBetween(100, 300);
    assertThat(account.suppressed()).isEqualTo(1_200 - received.size());
    assertThat(EngineFixture.get(engine.deliveries.ofUpdate(update.id(), null, 2_000)))
        .filteredOn(delivery -> delivery.state() == DeliveryState.SUPPRESSED)
        .extracting(Delivery::detail)
        .containsOnly("cancelled");
  }
}
