package tocsin.dispatch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import tocsin.audience.DeliveryId;
import tocsin.audience.Recipient;
import tocsin.channel.Message;
import tocsin.channel.webhook.Attempt;
import tocsin.channel.webhook.WebhookSender;

/** Sends one signed event that tells of no update, so that somebody can see their endpoint work. */
public final class EndpointTest {
  /** Its ids are those of no delivery. */
  private static final int NO_AUDIENCE = 0;

  private static final String TEXT = "This is a test. Incident updates arrive here.";

  private final WebhookSender sender;
  private final InstantSource clock;
  private final RandomGenerator random;

  public EndpointTest(WebhookSender sender, InstantSource clock, RandomGenerator random) {
    this.sender = sender;
    this.clock = clock;
    this.random = random;
  }

  /** Blocks until the answer is there. Neither logged nor counted. */
  public Attempt send(Recipient endpoint) {
    return sender.attempt(
        new Message.Webhook(
            new DeliveryId(NO_AUDIENCE, random.nextInt(Integer.MAX_VALUE)),
            endpoint.address(),
            endpoint.keys(),
            endpoint.dialect(),
            event(endpoint).encode().getBytes(StandardCharsets.UTF_8)));
  }

  /** Statuspage knows no test: its receivers get ours. */
  private JsonObject event(Recipient endpoint) {
    return switch (endpoint.dialect()) {
      case NATIVE, STATUSPAGE ->
          new JsonObject()
              .put("type", "tocsin.test")
              .put("timestamp", clock.instant())
              .put("data", new JsonObject().put("subscriber", endpoint.id()));
      case SLACK -> new JsonObject().put("text", TEXT);
      case TEAMS ->
          new JsonObject()
              .put("type", "message")
              .put(
                  "attachments",
                  new JsonArray()
                      .add(
                          new JsonObject()
                              .put("contentType", "application/vnd.microsoft.card.adaptive")
                              .put("content", card())));
    };
  }

  private static JsonObject card() {
    return new JsonObject()
        .put("type", "AdaptiveCard")
        .put("version", "1.4")
        .put(
            "body",
            new JsonArray()
                .add(
                    new JsonObject().put("type", "TextBlock").put("text", TEXT).put("wrap", true)));
  }
}
