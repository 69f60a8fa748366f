package tocsin.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.config.DatabaseUrl;
import tocsin.store.Database;
import tocsin.store.TestDatabase;

/** Three nodes on one PostgreSQL. */
class LimiterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseUrl url = TestDatabase.url();
  private final Queue<Simulation.Spent> spent = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final List<Node> nodes = new ArrayList<>();
  private Pool pool;

  /** A limiter with a pool of its own, and when it looked at its ticker to decide. */
  private final class Node implements Ticker {
    private final ThreadLocal<Long> decidedAt = new ThreadLocal<>();
    final Limiter limiter;

    Node(SlotSource slots) {
      limiter = new Limiter(this, wants -> slots.reserve(wants).onFailure(failures::add));
    }

    @Override
    public long read() {
      long now = System.nanoTime();
      if (decidedAt.get() == null) {
        decidedAt.set(now);
      }
      return now;
    }

    boolean send(Demand... demands) {
      decidedAt.remove();
      Wait wait = limiter.reserve(List.of(demands));
      if (wait.isNone()) {
        spent.add(new Simulation.Spent(decidedAt.get(), demands[0].permits()));
      } else {
        LockSupport.parkNanos(Math.min(wait.duration().toNanos(), 50_000_000));
      }
      return wait.isNone();
    }

    void sendOne(Demand... demands) {
      sendAll(1, demands);
    }

    void sendAll(int messages, Demand... demands) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      int sent = 0;
      while (sent < messages && System.nanoTime() < end) {
        sent += send(demands) ? 1 : 0;
      }
      assertThat(sent).isEqualTo(messages);
    }
  }

  @BeforeEach
  void threeNodes() {
    pool = Database.at(vertx, url).pool();
    for (int i = 0; i < 3; i++) {
      nodes.add(new Node(new Slots(Database.at(vertx, url).pool())));
    }
  }

  @AfterEach
  void close() {
    get(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 1_000})
  void noWindowOverAllNodesHoldsMoreThanTheRate(int permits) throws InterruptedException {
    Rate rate = new Rate(permits, Duration.ofSeconds(1));
    rates(Map.of("email", rate));

    onEachNode(node -> node.sendAll(permits, new Demand("email", 1, permits)));

    assertThat(spent).hasSize(3 * permits);
    Windows.assertKept(List.copyOf(spent), rate, rate.toString());
  }

  @Test
  void segmentsAreWeighed() throws InterruptedException {
    long seed = System.nanoTime();
    Rate rate = new Rate(30, Duration.ofSeconds(1));
    rates(Map.of("sms:sender:*", rate));

    onEachNode(node -> {
      Random random = new Random(seed);
      for (int i = 0; i < 10; i++) {
        node.sendOne(new Demand("sms:sender:Acme", 1 + random.nextInt(4), 20));
      }
    });

    Windows.assertKept(List.copyOf(spent), rate, "seed " + seed);
  }

  @Test
  void aSlowKeyNeverSlowsTheOthersAndNothingIsSpentForIt() {
    rates(
        Map.of(
            "email", new Rate(100, Duration.ofSeconds(1)),
            "email:domain:slow.example", new Rate(1, Duration.ofHours(1))));
    Node node = nodes.getFirst();
    Demand shared = new Demand("email", 1);
    Demand slow = new Demand("email:domain:slow.example", 1);
    node.sendOne(shared, slow);

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> {
          Wait wait = node.limiter.reserve(List.of(shared, slow));
          return wait.key().equals("email:domain:slow.example")
              && wait.duration().compareTo(Duration.ofMinutes(59)) > 0;
        });

    node.sendAll(200, shared, new Demand("email:domain:fast.example", 1));
  }

  @Test
  void nodesThatAskForManyKeysInAnyOrderNeverBlockEachOther() throws InterruptedException {
    rates(Map.of("email:domain:*", new Rate(50, Duration.ofSeconds(1))));
    List<String> keys =
        IntStream.range(0, 100).mapToObj(n -> "email:domain:" + n + ".example").toList();

    onEachNode(node -> {
      List<String> waiting = new ArrayList<>(keys);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!waiting.isEmpty() && System.nanoTime() < end) {
        Collections.shuffle(waiting);
        waiting.removeIf(key -> node.limiter.reserve(List.of(new Demand(key, 1))).isNone());
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(waiting).isEmpty();
    });

    assertThat(failures).isEmpty();
  }

  @Test
  void aDatabaseClockThatWasSetBackBlocksNobody() {
    rates(Map.of("email", new Rate(5, Duration.ofSeconds(1))));
    nodes.getFirst().sendOne(new Demand("email", 1));
    get(pool.query("update rate_limit_slot set next_at = now() + interval '10 h'").execute());

    nodes.get(1).sendAll(5, new Demand("email", 1));
  }

  @Test
  void whoWaitedForTheRowTakesNothingBackThatOthersReservedMeanwhile() {
    Slots slots = new Slots(pool);
    Want want = new Want("email", Spacing.of(new Rate(1_000, Duration.ofSeconds(1)), 1), 1, 10);
    get(slots.reserve(List.of(want)));
    SqlConnection other = get(Database.at(vertx, url).pool().getConnection());
    get(other.query("begin; select from rate_limit_slot for update").execute());

    Future<List<Grant>> waiting = slots.reserve(List.of(want));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            get(other
                        .query(
                            """
                            select from pg_stat_activity where datname = current_database()
                               and wait_event_type = 'Lock'
                               and clock_timestamp() - query_start > interval '0.5 s'
                            """)
                        .execute())
                    .size()
                == 1);
    long reserved =
        get(other
                .query(
                    """
                    update rate_limit_slot set next_at = clock_timestamp() + interval '0.19 s'
                    returning (extract(epoch from next_at) * 1000000)::bigint as until
                    """)
                .execute())
            .iterator()
            .next()
            .getLong("until");
    get(other.query("commit").execute());

    assertThat(get(waiting))
        .singleElement()
        .satisfies(grant ->
            assertThat(grant.at()).isGreaterThanOrEqualTo(TimeUnit.MICROSECONDS.toNanos(reserved)));
  }

  @Test
  void whatIsLimitedWaitsWhileTheDatabaseIsAwayAndGoesOnAfterwards() {
    Pool other = TestDatabase.fresh(vertx);
    Node node = nodes.getFirst();
    rates(Map.of("email", new Rate(20, Duration.ofSeconds(1))));
    node.sendAll(5, new Demand("email", 1));

    get(other.query("alter database " + url.database() + " allow_connections false").execute());
    get(
        other
            .query(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                    + url.database()
                    + "'")
            .execute());
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInSameThread()
        .until(() -> !node.send(new Demand("email", 1)) && !failures.isEmpty());
    assertThat(node.limiter.reserve(List.of(new Demand("sms", 1))))
        .as("what has no limit")
        .isEqualTo(Wait.NONE);

    get(other.query("alter database " + url.database() + " allow_connections true").execute());
    node.sendAll(20, new Demand("email", 1));
  }

  @Test
  void aChangedRateHoldsAtOnceOnEveryNode() {
    rates(Map.of("email", new Rate(1, Duration.ofDays(1))));
    Demand one = new Demand("email", 1);
    nodes.getFirst().sendOne(one);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() ->
            nodes.get(1).limiter.reserve(List.of(one)).duration().compareTo(Duration.ofHours(23))
                > 0);

    rates(Map.of("email", new Rate(50, Duration.ofSeconds(1))));
    nodes.forEach(node -> node.sendAll(10, one));

    rates(Map.of());
    for (int i = 0; i < 1_000; i++) {
      assertThat(nodes.getFirst().limiter.reserve(List.of(one)).isNone()).isTrue();
    }
  }

  @Test
  void aWaiterIsToldWhenSlotsHaveCome() {
    Node node = nodes.getFirst();
    Queue<String> told = new ConcurrentLinkedQueue<>();
    node.limiter.onGrant(() -> told.add("slots"));
    rates(Map.of("email", new Rate(5, Duration.ofSeconds(1))));

    node.sendOne(new Demand("email", 1));

    Awaitility.await().atMost(PATIENCE).until(() -> !told.isEmpty());
  }

  @Test
  void rowsThatNobodyNeedsAreDeletedInPassing() {
    get(
        pool.query(
                """
                insert into rate_limit_slot (key, next_at, largest) values
                  ('email:domain:idle.example', now() - interval '25 h', 1),
                  ('email:domain:busy.example', now() - interval '1 h', 1),
                  ('sms:sender:Acme', now() - interval '25 h', 3)
                """)
            .execute());
    rates(Map.of("email", new Rate(5, Duration.ofSeconds(1))));

    nodes.getFirst().sendOne(new Demand("email", 1));

    assertThat(get(pool.query("select key from rate_limit_slot order by key").execute()))
        .extracting(row -> row.getString("key"))
        .containsExactly("email", "email:domain:busy.example", "sms:sender:Acme");
  }

  @Test
  void whatHasNoRateIsNeitherLimitedNorAskedFor() {
    Limiter limiter = new Limiter(System::nanoTime, wants -> Future.failedFuture("asked"));
    limiter.rates(Map.of("email:domain:*", new Rate(1, Duration.ofHours(1))));

    assertThat(limiter.reserve(List.of(new Demand("email", 1), new Demand("sms", 1))))
        .isEqualTo(Wait.NONE);
    assertThat(limiter.limits("email")).isFalse();
    assertThat(limiter.limits("email:domain:example.com")).isTrue();
    assertThat(limiter.rate("email:domain:example.com")).contains(new Rate(1, Duration.ofHours(1)));
  }

  private interface Work {
    void on(Node node);
  }

  private void onEachNode(Work work) throws InterruptedException {
    Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Node node : nodes) {
      Thread thread = Thread.ofVirtual().unstarted(() -> work.on(node));
      thread.setUncaughtExceptionHandler((at, cause) -> broken.add(cause));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(broken).isEmpty();
  }

  private void rates(Map<String, Rate> rates) {
    nodes.forEach(node -> node.limiter.rates(rates));
  }

  private static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
