package tocsin.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.store.TestDatabase;

class ControlsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = TestDatabase.fresh(vertx);
  private final Controls controls = new Controls(pool);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aChangeIsAnnouncedOnceWithTheUpdatesId() {
    int update = update();
    Queue<String> announced = new ConcurrentLinkedQueue<>();
    PgConnection listener = PgConnection.cast(pool.getConnection().await());
    listener.notificationHandler(notification -> announced.add(notification.getPayload()));
    listener.query("listen " + Control.TOPIC).execute().await();

    controls.change(update, Control.PAUSED).await();
    controls.change(update, Control.PAUSED).await();
    controls.change(update, Control.RUNNING).await();
    pool.query("select pg_notify('%s', 'last')".formatted(Control.TOPIC)).execute().await();

    await().atMost(Duration.ofSeconds(10)).until(() -> announced.contains("last"));
    assertThat(announced).containsExactly(update + "", update + "", "last");
  }

  @Test
  void aChangeIsOnRecord() {
    int update = update();

    controls.change(update, Control.CANCELLED).await();

    FanoutState state = controls.state(update).await();
    assertThat(state.control()).isEqualTo(Control.CANCELLED);
    assertThat(state.planned()).isFalse();
    assertThat(state.parked()).isEmpty();
  }

  private int update() {
    Submission submission =
        new Submission(
            Status.IDENTIFIED,
            null,
            Text.of("x"),
            List.of(new Scope(null, null, null)),
            null,
            null,
            true,
            false);
    Origin origin = new Origin("test", null, new byte[] {1});
    return new Inbox(pool).open("outage", "Outage", submission, origin).await().update().id();
  }
}
