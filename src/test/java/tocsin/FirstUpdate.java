package tocsin;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;

/** One incident, told to one subscriber by e-mail. */
final class FirstUpdate {
  private static final String JSON = "application/json";

  private FirstUpdate() {}

  static void publish(GatewayProcess gateway) throws Exception {
    gateway.send("PUT", "/v1/components/web", JSON, "{\"name\": \"Web\"}");
    gateway.send(
        "POST",
        "/v1/subscribers/import",
        "application/x-ndjson",
        "{\"channel\": \"email\", \"address\": \"someone@example.com\"}");
    gateway.send(
        "POST",
        "/v1/incidents",
        JSON,
        """
        {"id": "down", "title": "Web unreachable", "update": {"status": "investigating",
          "impact": "major", "body": "We are looking into it.", "affects": [{"component": "web"}]}}
        """);
  }

  static void awaitSent(GatewayProcess gateway) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> email(gateway).getInteger("sent") == 1);
  }

  private static JsonObject email(GatewayProcess gateway) throws Exception {
    return Objects.requireNonNull(
        gateway
            .get("/v1/incidents/down/updates/1")
            .getJsonObject("deliveries")
            .getJsonObject("email"));
  }
}
