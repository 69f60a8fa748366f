package tocsin.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.audience.Customer;
import tocsin.audience.Subscription;

/**
 * Somebody who wants to be told, as the demo knows them.
 *
 * @param name unique in their world; for people to read
 * @param timeZone an IANA name
 * @param subscriptions never empty
 * @param secret of a webhook, null on other channels
 */
record DemoSubscriber(
    String name,
    Channel channel,
    String address,
    String locale,
    String timeZone,
    Customer customer,
    List<Subscription> subscriptions,
    @Nullable String secret) {

  DemoSubscriber {
    subscriptions = List.copyOf(subscriptions);
  }

  DemoSubscriber preferring(List<Subscription> other) {
    return new DemoSubscriber(name, channel, address, locale, timeZone, customer, other, secret);
  }

  /** The one region of their customer. */
  String region() {
    return Objects.requireNonNull(customer.regions()).iterator().next();
  }

  /** As the API takes it. */
  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("channel", channel.word())
            .put("address", address)
            .put("locale", locale)
            .put("timeZone", timeZone)
            .put("customer", customer.id())
            .put(
                "consent",
                new JsonObject().put("source", "contract").put("at", "2019-01-07T09:00:00Z"));
    if (secret != null) {
      json.put("secret", secret);
    }
    return json.mergeIn(filters(subscriptions));
  }

  /** One filter in flat lists, several as {@code subscriptions}. */
  private static JsonObject filters(List<Subscription> subscriptions) {
    return subscriptions.size() == 1 ? filter(subscriptions.getFirst()) : patch(subscriptions);
  }

  /** A merge patch that leaves only these. */
  static JsonObject patch(List<Subscription> subscriptions) {
    JsonArray filters = new JsonArray();
    subscriptions.forEach(subscription -> filters.add(filter(subscription)));
    return new JsonObject().put("subscriptions", filters);
  }

  private static JsonObject filter(Subscription subscription) {
    JsonObject json = new JsonObject().put("minImpact", subscription.minImpact().word());
    put(json, "components", subscription.components());
    put(json, "regions", subscription.regions());
    put(json, "segments", subscription.segments());
    return json;
  }

  private static void put(JsonObject json, String field, @Nullable Set<String> names) {
    if (names != null) {
      json.put(field, new JsonArray(names.stream().sorted().toList()));
    }
  }
}
