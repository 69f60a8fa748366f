package tocsin;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** One incident, told by e-mail. */
final class FirstUpdate {
  private static final String JSON = "application/json";

  private FirstUpdate() {}

  static void publish(GatewayProcess gateway, int subscribers) throws Exception {
    gateway.send("PUT", "/v1/components/web", JSON, "{\"name\": \"Web\"}");
    gateway.send(
        "POST",
        "/v1/subscribers/import",
        "application/x-ndjson",
        IntStream.range(0, subscribers)
            .mapToObj(
                i -> "{\"channel\": \"email\", \"address\": \"s%d@example.com\"}".formatted(i))
            .collect(Collectors.joining("\n")));
    gateway.send(
        "POST",
        "/v1/incidents",
        JSON,
        """
        {"id": "down", "title": "Web unreachable", "update": {"status": "investigating",
          "impact": "major", "body": "We are looking into it.", "affects": [{"component": "web"}]}}
        """);
  }

  /** The account of its e-mails, once there are some and none is pending. */
  static JsonObject account(GatewayProcess gateway) throws Exception {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> email(gateway),
            account -> account.getInteger("audience") > 0 && account.getInteger("pending") == 0);
  }

  private static JsonObject email(GatewayProcess gateway) throws Exception {
    return Objects.requireNonNull(
        gateway
            .get("/v1/incidents/down/updates/1")
            .getJsonObject("deliveries")
            .getJsonObject("email"));
  }
}
