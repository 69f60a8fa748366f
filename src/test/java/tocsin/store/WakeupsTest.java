package tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeupsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private final Vertx vertx = Vertx.vertx();
  private final Database database = TestDatabase.database(vertx);

  @AfterEach
  void close() {
    database.close();
    vertx.close().await();
  }

  @Test
  void everyListenerOfAChannelIsWokenAndNoOther() throws Exception {
    var first = new AtomicInteger();
    var second = new AtomicInteger();
    var other = new AtomicInteger();
    listen("work", first);
    listen("work", second);
    listen("leisure", other);
    int before = other.get();

    sql("select pg_notify('work', '')");

    await().atMost(LIMIT).until(() -> first.get() >= 2 && second.get() >= 2);
    assertThat(other).hasValue(before);
  }

  @Test
  void aListenerIsWokenWhenItBeginsToListen() throws Exception {
    var woken = new AtomicInteger();

    listen("work", woken);

    assertThat(woken).hasValue(1);
  }

  @Test
  void aCutConnectionComesBackWakesAndListensOn() throws Exception {
    var woken = new AtomicInteger();
    listen("work", woken);
    int before = woken.get();

    sql(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like 'LISTEN%'
        """);

    await().atMost(LIMIT).until(() -> woken.get() > before);
    int back = woken.get();
    sql("select pg_notify('work', '')");
    await().atMost(LIMIT).until(() -> woken.get() > back);
  }

  @Test
  void pausesBetweenRetriesGrowAndStayCapped() {
    long previous = 0;
    for (int retry = 0; retry < 100; retry++) {
      long pause = Wakeups.pauseBeforeRetry(retry);
      assertThat(pause).isBetween(Math.max(previous, 1), 5_000L);
      previous = pause;
    }
    assertThat(previous).isEqualTo(5_000);
  }

  private void listen(String channel, AtomicInteger woken) throws Exception {
    database.wakeups().listen(channel, woken::incrementAndGet).await(20, TimeUnit.SECONDS);
  }

  private void sql(String sql) throws Exception {
    Pool pool = database.pool();
    pool.query(sql).execute().await(20, TimeUnit.SECONDS);
  }
}
