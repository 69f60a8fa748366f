package tocsin.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tocsin.audience.Channel;
import tocsin.audience.Customer;
import tocsin.audience.Subscription;
import tocsin.incident.Impact;

/** A world small enough to know every expected message by heart. */
final class TinyWorld {
  static final Customer NORTH = new Customer("north", "North", Set.of("na"), Set.of("na-2"));
  static final Customer ELSEWHERE = new Customer("else", "Else", Set.of("na"), Set.of("na-1"));
  static final Customer EUROPE = new Customer("europe", "Europe", Set.of("emea"), null);

  private TinyWorld() {}

  static DemoWorld of(List<DemoSubscriber> subscribers, Map<Integer, List<Move>> moves) {
    return new DemoWorld(
        Map.of("web", "Web", "mobile", "Mobile"),
        Map.of("na", "NA", "emea", "EMEA"),
        List.of("na-1", "na-2", "emea-1"),
        List.of(NORTH, ELSEWHERE, EUROPE),
        subscribers,
        moves);
  }

  static DemoSubscriber person(String name, Customer customer, Subscription... subscriptions) {
    return person(name, customer, "en", subscriptions);
  }

  static DemoSubscriber person(
      String name, Customer customer, String locale, Subscription... subscriptions) {
    return new DemoSubscriber(
        name,
        Channel.EMAIL,
        name + "@example.com",
        locale,
        "UTC",
        customer,
        List.of(subscriptions),
        null);
  }

  static Subscription components(String... components) {
    return new Subscription(Set.of(components), null, null, Impact.NONE);
  }

  static Subscription atLeast(Impact impact) {
    return new Subscription(null, null, null, impact);
  }

  /** Web, in North America, on the cluster na-2 only; then as before. */
  static Recording recording(String... statusesAndImpacts) {
    JsonObject scope =
        new JsonObject().put("component", "web").put("region", "na").put("segment", "na-2");
    List<Step> steps =
        IntStream.range(0, statusesAndImpacts.length)
            .mapToObj(i -> step(i, statusesAndImpacts[i].split(" ", 2), scope))
            .toList();
    return new Recording("tiny", "Tiny", null, steps);
  }

  private static Step step(int index, String[] statusAndImpact, JsonObject scope) {
    JsonObject update =
        new JsonObject()
            .put("status", statusAndImpact[0])
            .put("impact", statusAndImpact[1])
            .put("body", new JsonObject().put("en", "words").put("de", "Worte"));
    return new Step(
        Duration.ZERO,
        null,
        index == 0 ? update.put("affects", new JsonArray().add(scope)) : update);
  }
}
