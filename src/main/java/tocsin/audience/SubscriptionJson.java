package tocsin.audience;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Impact;

/** Subscriptions as JSON, the same in the database and in the API; equal ones print equal. */
public final class SubscriptionJson {
  static final Set<String> FIELDS = Set.of("components", "regions", "segments", "minImpact");

  private SubscriptionJson() {}

  static Subscription parse(JsonFields fields) {
    Impact minImpact = Impact.NONE;
    String word = fields.text("minImpact");
    if (word != null) {
      minImpact = Impact.of(word).orElse(Impact.NONE);
      if (!minImpact.word().equals(word)) {
        fields.wrong("minImpact", "must be none, minor, major or critical");
      }
    }
    return new Subscription(
        fields.slugs("components"), fields.slugs("regions"), fields.slugs("segments"), minImpact);
  }

  static JsonObject print(Subscription subscription) {
    var json = new JsonObject();
    put(json, "components", subscription.components());
    put(json, "regions", subscription.regions());
    put(json, "segments", subscription.segments());
    return json.put("minImpact", subscription.minImpact().word());
  }

  public static JsonArray print(List<Subscription> subscriptions) {
    var list = new JsonArray();
    subscriptions.forEach(subscription -> list.add(print(subscription)));
    return list;
  }

  /** Of what {@link #print(List)} made. */
  public static List<Subscription> stored(JsonArray list) {
    var subscriptions = new ArrayList<Subscription>(list.size());
    for (int i = 0; i < list.size(); i++) {
      JsonObject json = list.getJsonObject(i);
      subscriptions.add(
          new Subscription(
              names(json, "components"),
              names(json, "regions"),
              names(json, "segments"),
              Impact.of(json.getString("minImpact")).orElseThrow()));
    }
    return subscriptions;
  }

  private static void put(JsonObject json, String field, @Nullable Set<String> names) {
    if (names != null) {
      json.put(field, new JsonArray(new ArrayList<>(new TreeSet<>(names))));
    }
  }

  private static @Nullable Set<String> names(JsonObject json, String field) {
    JsonArray list = json.getJsonArray(field);
    if (list == null) {
      return null;
    }
    var names = new HashSet<String>();
    list.forEach(name -> names.add((String) name));
    return names;
  }
}
