package tocsin.dispatch;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import tocsin.audience.DeliveryId;
import tocsin.audience.Recipient;
import tocsin.channel.Message;
import tocsin.channel.webhook.Attempt;
import tocsin.channel.webhook.WebhookSender;
import tocsin.render.Renderer;

/** Sends one signed event that tells of no update, so that somebody can see their endpoint work. */
public final class EndpointTest {
  /** Its ids are those of no delivery. */
  private static final int NO_AUDIENCE = 0;

  private final WebhookSender sender;
  private final Renderer renderer;
  private final InstantSource clock;
  private final RandomGenerator random;

  public EndpointTest(
      WebhookSender sender, Renderer renderer, InstantSource clock, RandomGenerator random) {
    this.sender = sender;
    this.renderer = renderer;
    this.clock = clock;
    this.random = random;
  }

  /** Neither logged nor counted. */
  public Future<Attempt> send(Recipient endpoint) {
    return sender.attempt(
        new Message.Webhook(
            new DeliveryId(NO_AUDIENCE, random.nextInt(Integer.MAX_VALUE)),
            endpoint.address(),
            endpoint.keys(),
            endpoint.dialect(),
            renderer
                .test(endpoint.dialect(), endpoint.id(), endpoint.locale(), clock.instant())
                .body()));
  }
}
