package tocsin.audience;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;
import tocsin.incident.Scope;

/** Small random catalogues, so that things meet often. */
final class RandomAudience {
  static final List<String> COMPONENTS = List.of("web", "api", "mail", "search");
  static final List<String> REGIONS = List.of("emea", "apac", "north-america");
  static final List<String> SEGMENTS = List.of("gold", "na-1", "na-2");
  static final List<String> CUSTOMERS = List.of("acme", "globex", "initech", "umbrella");

  private final RandomGenerator random;

  RandomAudience(RandomGenerator random) {
    this.random = random;
  }

  JsonObject registration(int number) {
    var json =
        switch (random.nextInt(3)) {
          case 0 -> address("email", "reader" + number + "@example.com");
          case 1 -> address("sms", "+1500555" + (1_000 + number));
          default -> address("webhook", "https://hooks.example.com/" + number);
        };
    if (random.nextBoolean()) {
      json.put("customer", one(CUSTOMERS));
    }
    return json.put("subscriptions", subscriptions());
  }

  JsonArray subscriptions() {
    var subscriptions = new JsonArray();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      subscriptions.add(SubscriptionJson.print(subscription()));
    }
    return subscriptions;
  }

  Customer customer(String id) {
    return new Customer(id, "The " + id, some(REGIONS), some(SEGMENTS), priority());
  }

  CustomerPriority priority() {
    return one(List.of(CustomerPriority.values()));
  }

  List<Scope> affects() {
    var affects = new ArrayList<Scope>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      affects.add(new Scope(oneOrAll(COMPONENTS), oneOrAll(REGIONS), oneOrAll(SEGMENTS)));
    }
    return affects;
  }

  Impact impact() {
    return one(List.of(Impact.values()));
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Subscription subscription() {
    return new Subscription(some(COMPONENTS), some(REGIONS), some(SEGMENTS), impact());
  }

  private @Nullable String oneOrAll(List<String> names) {
    return random.nextInt(3) == 0 ? null : one(names);
  }

  private @Nullable Set<String> some(List<String> names) {
    if (random.nextInt(3) == 0) {
      return null;
    }
    var some = new TreeSet<String>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      some.add(one(names));
    }
    return some;
  }

  private static JsonObject address(String channel, String address) {
    return new JsonObject().put("channel", channel).put("address", address);
  }
}
