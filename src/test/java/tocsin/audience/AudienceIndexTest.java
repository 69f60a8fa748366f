package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

class AudienceIndexTest {
  private static final List<Scope> EVERYTHING = List.of(new Scope(null, null, null));

  private Records records;
  private AudienceIndex index;

  @BeforeEach
  void open() {
    records = new Records().withCatalogue(List.of("web"), List.of("emea", "apac"));
    index = new AudienceIndex(records.pool);
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void aTransactionHeldOpenAcrossRefreshesIsSeenOnceItCommits() {
    int before = records.email("before@example.com");
    SqlConnection slow = records.pool.getConnection().await();
    var transaction = slow.begin().await();
    slow.query(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone, subscriptions,
              consent_source, consent_at)
            values ('email', 'slow@example.com', 'slow@example.com', 'en', 'UTC',
              '[{"minImpact": "none"}]', 'test', now())
            """)
        .execute()
        .await();
    int overtaking = records.email("overtaking@example.com");
    index.refresh().await();
    assertThat(emails()).containsExactly(before, overtaking);
    index.refresh().await();

    transaction.commit().await();
    slow.close().await();
    index.refresh().await();
    assertThat(emails()).hasSize(3).contains(before, overtaking);
  }

  @Test
  void everyCallerSeesWhatWasCommittedBeforeItsCall() {
    index.refresh().await();
    for (int round = 0; round < 30; round++) {
      Future<Void> running = index.refresh();
      int id = records.email("reader" + round + "@example.com");
      Future<Void> mine = index.refresh();
      Future<Void> shared = index.refresh();
      mine.await();
      assertThat(emails()).as("round %d", round).contains(id);
      shared.await();
      running.await();
    }
  }

  @Test
  void aChangedCustomerNarrowsItsSubscribersAnew() {
    records.customers.put(new Customer("acme", "Acme", Set.of("emea"), null)).await();
    int id = records.email("reader@example.com");
    var customer = new JsonObject().put("customer", "acme");
    records.subscribers.patch(id, customer, "api:test").await();
    index.refresh().await();
    assertThat(emails("emea")).containsExactly(id);
    assertThat(emails("apac")).isEmpty();

    records.customers.put(new Customer("acme", "Acme", Set.of("apac"), null)).await();
    index.refresh().await();
    assertThat(emails("emea")).isEmpty();
    assertThat(emails("apac")).containsExactly(id);
  }

  @Test
  void whoLeavesIsGoneAndWhoCannotBeReachedStays() {
    int left = records.email("left@example.com");
    int bounced = records.email("bounced@example.com");
    index.refresh().await();
    records.leave(left);
    records.subscribers.suspend(bounced, Standing.QUARANTINED).await();
    index.refresh().await();
    assertThat(emails()).containsExactly(bounced);
  }

  @Test
  void aMatchIsTheCallersOwn() {
    int id = records.email("reader@example.com");
    index.refresh().await();
    matched(EVERYTHING).clear();
    assertThat(emails()).containsExactly(id);
  }

  @Test
  void firstLoadOfManyPagesHoldsEverybody() {
    records
        .pool
        .query(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone, subscriptions,
              consent_source, consent_at)
            select 'email', n || '@example.com', n || '@example.com', 'en', 'UTC',
              '[{"minImpact": "none"}]', 'test', now()
            from generate_series(1, 12345) n
            """)
        .execute()
        .await();
    index.refresh().await();
    assertThat(emails()).hasSize(12_345);
  }

  @Test
  void aMatchDuringARefreshSeesAllOfItOrNothing() {
    records
        .pool
        .query(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone, subscriptions,
              consent_source, consent_at)
            select 'email', n || '@example.com', n || '@example.com', 'en', 'UTC',
              '[{"regions": ["emea"], "minImpact": "none"}]', 'test', now()
            from generate_series(1, 20000) n
            """)
        .execute()
        .await();
    index.refresh().await();
    records
        .pool
        .query("update subscriber set standing = 'deleted', changed = pg_current_xact_id()")
        .execute()
        .await();
    Future<Void> refresh = index.refresh();
    var seen = new TreeSet<Integer>();
    while (!refresh.isComplete()) {
      seen.add(emails("emea").size());
    }
    assertThat(seen).contains(20_000).isSubsetOf(0, 20_000);
    assertThat(emails("emea")).isEmpty();
  }

  @Test
  void matchBeforeTheFirstRefreshIsAMistake() {
    assertThatThrownBy(() -> index.match(EVERYTHING, Impact.NONE))
        .isInstanceOf(IllegalStateException.class);
  }

  private List<Integer> emails() {
    return ids(matched(EVERYTHING));
  }

  private List<Integer> emails(String region) {
    return ids(matched(List.of(new Scope(null, region, null))));
  }

  private RoaringBitmap matched(List<Scope> affects) {
    return Objects.requireNonNull(index.match(affects, Impact.CRITICAL).get(Channel.EMAIL));
  }

  private static List<Integer> ids(RoaringBitmap set) {
    var ids = new ArrayList<Integer>();
    set.forEach((int id) -> ids.add(id));
    return ids;
  }
}
