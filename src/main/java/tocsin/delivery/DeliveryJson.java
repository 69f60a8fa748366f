package tocsin.delivery;

import io.vertx.core.json.JsonObject;

/** A delivery as JSON; what is not known is left out. */
public final class DeliveryJson {
  private DeliveryJson() {}

  public static JsonObject print(Delivery delivery) {
    JsonObject json =
        new JsonObject()
            .put("id", delivery.id().toString())
            .put("subscriber", delivery.id().subscriber())
            .put("incident", delivery.incident())
            .put("sequence", delivery.sequence())
            .put("channel", delivery.channel().word())
            .put("state", delivery.state().word())
            .put("attempts", delivery.attempts())
            .put("detail", delivery.detail())
            .put("at", delivery.at())
            .put("receipt", delivery.receipt())
            .put("nextAttemptAt", delivery.nextAttemptAt());
    json.getMap().values().removeIf(value -> value == null);
    return json;
  }
}
