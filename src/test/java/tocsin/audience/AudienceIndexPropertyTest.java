package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

/** Through any history of changes the index gives the oracle's answer, after each refresh. */
class AudienceIndexPropertyTest {
  private static final int ROUNDS = 60;
  private static final int CHANGES = 15;
  private static final int MATCHES = 60;

  private final long seed = System.nanoTime();
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  private final RandomAudience any = new RandomAudience(random);
  private final List<Integer> ids = new ArrayList<>();
  private Records records;
  private AudienceIndex index;

  @BeforeEach
  void open() {
    records = new Records().withCatalogue(RandomAudience.COMPONENTS, RandomAudience.REGIONS);
    RandomAudience.CUSTOMERS.forEach(id -> records.customers.put(any.customer(id)).await());
    index = new AudienceIndex(records.pool);
  }

  @AfterEach
  void close() {
    records.close();
  }

  @Test
  void indexAgreesWithTheOracleThroughAnyHistory() {
    long matched = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (int change = 0; change < CHANGES; change++) {
        change();
      }
      index.refresh().await();
      matched += compare();
    }
    assertThat(matched).as("seed %d: matches at all", seed).isPositive();
  }

  private void change() {
    switch (random.nextInt(10)) {
      case 0 -> records.customers.put(any.customer(any.one(RandomAudience.CUSTOMERS))).await();
      case 1, 2 ->
          present(id ->
              records
                  .subscribers
                  .patch(id, new JsonObject().put("subscriptions", any.subscriptions()), "api:test")
                  .await());
      case 3 -> present(id -> records.leave(id));
      case 4 -> present(id -> records.subscribers.delete(id, "api:test").await());
      case 5 -> present(id -> records.subscribers.suspend(id, Standing.QUARANTINED).await());
      case 6 ->
          present(id ->
              records
                  .subscribers
                  .patch(
                      id,
                      new JsonObject().put("customer", any.one(RandomAudience.CUSTOMERS)),
                      "api:test")
                  .await());
      default -> ids.add(records.create(any.registration(ids.size())));
    }
  }

  private interface Change {
    void to(int id);
  }

  private void present(Change change) {
    if (!ids.isEmpty()) {
      int id = any.one(ids);
      if (records.subscribers.get(id).await().standing() != Standing.DELETED) {
        change.to(id);
      }
    }
  }

  private long compare() {
    List<Subscriber> subscribers =
        records.subscribers.list(SubscriberFilter.NONE, 10_000, 0).await();
    Map<String, Customer> customers = new TreeMap<>();
    records.customers.list(100, null).await().forEach(it -> customers.put(it.id(), it));
    RoaringBitmap everybody = RoaringBitmap.bitmapOf(ids.stream().mapToInt(it -> it).toArray());
    assertThat(index.split(everybody))
        .as("seed %d: priorities", seed)
        .isEqualTo(priorities(subscribers, customers));
    long matched = 0;
    for (int i = 0; i < MATCHES; i++) {
      List<Scope> affects = any.affects();
      Impact impact = any.impact();
      var expected = oracle(affects, impact, subscribers, customers);
      assertThat(index.match(affects, impact))
          .as("seed %d: %s %s", seed, impact, affects)
          .isEqualTo(expected);
      matched += expected.values().stream().mapToInt(RoaringBitmap::getCardinality).sum();
    }
    return matched;
  }

  private static Map<CustomerPriority, RoaringBitmap> priorities(
      List<Subscriber> subscribers, Map<String, Customer> customers) {
    var expected = new EnumMap<CustomerPriority, RoaringBitmap>(CustomerPriority.class);
    for (CustomerPriority priority : CustomerPriority.values()) {
      expected.put(priority, new RoaringBitmap());
    }
    for (Subscriber subscriber : subscribers) {
      Customer customer =
          subscriber.standing().hasLeft() || subscriber.customer() == null
              ? null
              : customers.get(subscriber.customer());
      expected.computeIfPresent(
          customer == null ? CustomerPriority.NORMAL : customer.priority(),
          (priority, ids) -> {
            ids.add(subscriber.id());
            return ids;
          });
    }
    return expected;
  }

  private static Map<Channel, RoaringBitmap> oracle(
      List<Scope> affects,
      Impact impact,
      List<Subscriber> subscribers,
      Map<String, Customer> customers) {
    var expected = new EnumMap<Channel, RoaringBitmap>(Channel.class);
    for (Channel channel : Channel.values()) {
      expected.put(channel, new RoaringBitmap());
    }
    for (Subscriber subscriber : subscribers) {
      String customer = subscriber.customer();
      if (!subscriber.standing().hasLeft()
          && Affected.test(
              affects,
              impact,
              subscriber.subscriptions(),
              customer == null ? null : customers.get(customer))) {
        expected.computeIfPresent(
            subscriber.channel(),
            (channel, matched) -> {
              matched.add(subscriber.id());
              return matched;
            });
      }
    }
    return expected;
  }
}
