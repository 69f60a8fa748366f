package tocsin.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tocsin.incident.Problem.FieldError;
import tocsin.store.TestDatabase;

class CatalogueTest {
  private Vertx vertx;
  private Pool pool;
  private Catalogue catalogue;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    pool = TestDatabase.fresh(vertx);
    catalogue = new Catalogue(pool);
    put(Dimension.COMPONENT, "web");
    put(Dimension.REGION, "emea");
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void putCreatesAndThenRenames() {
    assertThat(put(Dimension.COMPONENT, "api")).isEqualTo(Stored.CREATED);
    var renamed = new Catalogue.Entry("api", "Public API");
    assertThat(catalogue.put(Dimension.COMPONENT, renamed).await()).isEqualTo(Stored.REPLACED);
    assertThat(catalogue.get(Dimension.COMPONENT, "api").await()).isEqualTo(renamed);
    assertThat(catalogue.list(Dimension.COMPONENT).await())
        .containsExactly(renamed, new Catalogue.Entry("web", "The web"));
  }

  @Test
  void badIdsAndNamesAreRefused() {
    for (String id : List.of("", "Web", "we b", "web\n", "x".repeat(65))) {
      assertThat(fields(new Catalogue.Entry(id, "Web"))).containsExactly("id");
    }
    for (String name : List.of("", "  ", "a\r\nb", "a\u0000", "x".repeat(201))) {
      assertThat(fields(new Catalogue.Entry("web", name))).containsExactly("name");
    }
  }

  @Test
  void whatAnUpdateNamesAndTheCatalogueLacksIsToldByField() {
    var affects =
        List.of(
            new Scope("web", "emea", "anything"),
            new Scope(null, null, null),
            new Scope("wbe", "mars", null));
    assertThat(Catalogue.names(pool).await().unknown(affects, "update.affects"))
        .extracting(FieldError::field)
        .containsExactly("update.affects[2].component", "update.affects[2].region");
  }

  @Test
  void whatIsNamedCannotBeDeleted() {
    insertSubscriber("active");
    insertSubscriber("deleted");
    insertUpdate();
    Problem problem = problem(catalogue.delete(Dimension.COMPONENT, "web"));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.CONFLICT);
    assertThat(problem.detail()).contains("1 subscribers, 0 customers and 1 updates");
    assertThat(catalogue.get(Dimension.COMPONENT, "web").await().id()).isEqualTo("web");
    catalogue.delete(Dimension.REGION, "emea").await();
  }

  @Test
  void aDeleteWaitsForWhoeverHoldsTheNames() {
    var writer = pool.getConnection().await();
    var transaction = writer.begin().await();
    Catalogue.hold(writer).await();
    Future<Void> delete = catalogue.delete(Dimension.COMPONENT, "web");
    writer
        .query(subscriber("late@example.com", "active"))
        .execute()
        .compose(written -> transaction.commit())
        .await();
    assertThat(problem(delete).kind()).isEqualTo(Problem.Kind.CONFLICT);
    writer.close().await();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(problem(catalogue.get(Dimension.REGION, "mars")).kind())
        .isEqualTo(Problem.Kind.NOT_FOUND);
    assertThat(problem(catalogue.delete(Dimension.REGION, "mars")).kind())
        .isEqualTo(Problem.Kind.NOT_FOUND);
  }

  private Stored put(Dimension dimension, String id) {
    return catalogue.put(dimension, new Catalogue.Entry(id, "The " + id)).await();
  }

  private List<String> fields(Catalogue.Entry entry) {
    return problem(catalogue.put(Dimension.COMPONENT, entry)).errors().stream()
        .map(FieldError::field)
        .toList();
  }

  private void insertSubscriber(String standing) {
    pool.query(subscriber(standing + "@example.com", standing)).execute().await();
  }

  private static String subscriber(String address, String standing) {
    return """
    insert into subscriber (channel, address, address_key, locale, time_zone, subscriptions,
      standing, consent_source, consent_at)
    values ('email', '%1$s', '%1$s', 'en', 'UTC',
      '[{"minImpact": "none"}, {"components": ["api", "web"], "minImpact": "none"}]',
      '%2$s', 'test', now())
    """
        .formatted(address, standing);
  }

  private void insertUpdate() {
    pool.query(
            """
            with opened as (
              insert into incident (id, title, kind, status, impact, last_sequence)
              values ('outage', 'Outage', 'incident', 'resolved', 'minor', 1) returning id)
            insert into incident_update (incident, sequence, status, impact, body, affects, notify,
              source, fingerprint)
            select id, 1, 'resolved', 'minor', '{"": "Over"}', '[{"component": "web"}]', true,
              'test', '' from opened
            """)
        .execute()
        .await();
  }

  private static Problem problem(Future<?> future) {
    var thrown = catchThrowableOfType(ProblemException.class, future::await);
    return Objects.requireNonNull(thrown, "succeeded").problem();
  }
}
