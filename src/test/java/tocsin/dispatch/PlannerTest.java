package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.audience.AudienceIndex;
import tocsin.audience.Customer;
import tocsin.audience.CustomerPriority;
import tocsin.audience.Customers;
import tocsin.config.Settings;
import tocsin.delivery.FrozenAudiences;
import tocsin.delivery.Plans;
import tocsin.delivery.Told;
import tocsin.incident.Catalogue;
import tocsin.incident.Impact;
import tocsin.incident.Inbox;
import tocsin.incident.Incidents;
import tocsin.incident.Origin;
import tocsin.incident.Scope;
import tocsin.incident.Status;
import tocsin.incident.Submission;
import tocsin.incident.Text;
import tocsin.render.Renderer;
import tocsin.render.TemplateException;
import tocsin.render.Templates;
import tocsin.store.TestDatabase;
import tocsin.trace.Traces;

class PlannerTest {
  private final Vertx vertx = Vertx.vertx();
  private final Pool pool = TestDatabase.fresh(vertx);

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void customersOfHighAndLowPriorityAreAudiencesOfTheirOwn() throws TemplateException {
    customer("first", CustomerPriority.HIGH);
    customer("last", CustomerPriority.LOW);
    subscribers(2, "first");
    subscribers(3, "last");
    subscribers(4, null);

    accept(Impact.MAJOR);
    plan();

    assertThat(audiences())
        .containsExactly("email 3 2", "email 4 4", "email 5 3", "sms 4 0", "webhook 4 0");
  }

  @Test
  void aChannelIsPlannedAlsoWhereNobodyIsNormal() throws TemplateException {
    customer("last", CustomerPriority.LOW);
    subscribers(3, "last");

    accept(Impact.NONE);
    plan();

    assertThat(audiences()).containsExactly("email 10 0", "email 11 3", "sms 10 0", "webhook 10 0");
  }

  private void customer(String id, CustomerPriority priority) {
    new Customers(pool).put(new Customer(id, id, null, null, priority)).await();
  }

  private void subscribers(int count, @Nullable String customer) {
    pool.preparedQuery(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone, customer,
              subscriptions, consent_source, consent_at)
            select 'email', n || '@' || coalesce($2, 'none') || '.example.com',
              n || '@' || coalesce($2, 'none') || '.example.com', 'en', 'UTC', $2,
              '[{"minImpact": "none"}]', 'test', now()
            from generate_series(1, $1) n
            """)
        .execute(Tuple.of(count, customer))
        .await();
  }

  private void accept(Impact impact) {
    Submission submission =
        new Submission(
            Status.IDENTIFIED,
            impact,
            Text.of("x"),
            List.of(new Scope(null, null, null)),
            null,
            null,
            true,
            false);
    new Inbox(pool)
        .open("outage", "Outage", submission, new Origin("test", null, new byte[1]))
        .await();
  }

  private void plan() throws TemplateException {
    Renderer renderer =
        new Renderer(
            Templates.load(null),
            new Settings.MailFrom("status@example.com", "Acme Status"),
            URI.create("https://status.example.com"));
    Planner planner =
        new Planner(
            new Plans(pool, Duration.ZERO),
            new AudienceIndex(pool),
            new Told(pool, new FrozenAudiences(pool)),
            new Preparation(
                renderer, new Catalogue(pool), new Incidents(pool), SenderPool.of("+15005550006")),
            new SimpleMeterRegistry(),
            Traces.OFF);
    vertx
        .deployVerticle(
            planner, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    await().atMost(Duration.ofSeconds(20)).until(() -> !audiences().isEmpty());
  }

  /** Channel, priority and size of each. */
  private List<String> audiences() {
    String[] all =
        pool.query(
                """
                select coalesce(array_agg(concat_ws(' ', channel, priority, size)
                  order by channel, priority), '{}') as found from audience
                """)
            .execute()
            .await()
            .iterator()
            .next()
            .getArrayOfStrings("found");
    return Arrays.asList(all);
  }
}
