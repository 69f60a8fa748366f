package tocsin.fuzz;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** Makes the fields of a registration agree with each other, which no schema says. */
record Agreement(String endpoint, Random random) {
  private static final List<String> OF_WEBHOOKS =
      List.of("dialect", "updates", "signature", "secret");
  private static final List<String> OF_ONE_FILTER =
      List.of("components", "regions", "segments", "minImpact");

  JsonObject of(JsonObject object) {
    if (!object.containsKey("address")) {
      return object;
    }
    String channel = object.getString("channel", "email");
    object.put("address", address(channel));
    if (channel.equals("webhook")) {
      object.remove("secret");
      object.put("contact", "owner@example.com");
    } else {
      OF_WEBHOOKS.forEach(object::remove);
      object.remove("contact");
    }
    if (!channel.equals("email")) {
      object.remove("shared");
    }
    if (object.containsKey("subscriptions")) {
      OF_ONE_FILTER.forEach(object::remove);
    }
    object.remove("consent");
    return object;
  }

  private String address(String channel) {
    int number = 1_000_000 + random.nextInt(1_000_000);
    return switch (channel) {
      case "sms" -> "+491511" + number;
      case "webhook" -> endpoint + "/" + number;
      default -> "p" + number + "@example.com";
    };
  }
}
