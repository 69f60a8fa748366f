package tocsin.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tocsin.audience.Channel;
import tocsin.delivery.Account;
import tocsin.delivery.Deliveries;
import tocsin.delivery.FrozenAudiences;
import tocsin.incident.Impact;
import tocsin.incident.Inbox;
import tocsin.incident.Origin;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Submission;
import tocsin.incident.Text;
import tocsin.incident.Update;
import tocsin.limit.Limits;
import tocsin.limit.Rate;
import tocsin.store.Answer;
import tocsin.store.Database;

/** Posts updates and watches their accounts, from the harness. */
final class Operator implements AutoCloseable {
  private static final String DEADLOCK = "40P01";
  private static final String TABLES =
      "truncate incident, incident_update, audience, chunk, retry, ledger, receipt,"
          + " rate_limit_slot";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
  private static final String WORDS =
      "We see **elevated error rates** and are looking into it. Requests may fail or be slow.";

  private final Vertx vertx = Vertx.vertx();
  private final BenchDatabase bench;
  private final Database database;
  private final Inbox inbox;
  private final Deliveries deliveries;
  private int incidents;

  Operator(BenchDatabase bench) {
    this.bench = bench;
    this.database = Database.at(vertx, bench.url());
    this.inbox = new Inbox(database.pool());
    this.deliveries = new Deliveries(database.pool(), new FrozenAudiences(database.pool()));
  }

  /** From now on so many a second; nodes that run may take a while to see it. */
  void limit(String key, int perSecond) {
    get(new Limits(database.pool()).put(key, new Rate(perSecond, Duration.ofSeconds(1))));
  }

  /** As if nothing had ever been posted, and with equal chances for whoever writes next. */
  void forgetEverything() throws SQLException {
    truncate(5);
    bench.run("checkpoint");
  }

  /** A gateway that runs may hold what this waits for, and wait for what this holds. */
  private void truncate(int tries) throws SQLException {
    try {
      bench.run(TABLES);
    } catch (SQLException e) {
      if (tries == 1 || !DEADLOCK.equals(e.getSQLState())) {
        throw e;
      }
      truncate(tries - 1);
    }
  }

  /** Opens an incident of the component; the update is durable when this returns. */
  Update post(String component) {
    return post(component, WORDS);
  }

  /** The same, saying this. */
  Update post(String component, String words) {
    Submission submission =
        new Submission(
            Status.INVESTIGATING,
            Impact.MAJOR,
            Text.of(words),
            List.of(new Scope(component, null, null)),
            null,
            null,
            true,
            false);
    return get(inbox.open(
            "bench-" + ++incidents,
            "Web is slow",
            submission,
            new Origin("bench", null, new byte[32])))
        .update();
  }

  /** Waits until nothing is pending. */
  void awaitDone(Update update) throws InterruptedException {
    while (pending(update) != 0) {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
  }

  private int pending(Update update) {
    Map<Channel, Account> accounts = get(deliveries.account(update.id()));
    Account account = accounts.get(Channel.EMAIL);
    return account == null ? -1 : account.pending();
  }

  private static <T> T get(Future<T> future) {
    return Answer.of(future, Duration.ofMinutes(1));
  }

  @Override
  public void close() {
    database.close();
    get(vertx.close());
  }
}
