package tocsin.dispatch;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tocsin.audience.DeliveryId;
import tocsin.channel.Message;
import tocsin.channel.Outcome;
import tocsin.channel.webhook.Attempt;
import tocsin.channel.webhook.WebhookSender;
import tocsin.render.PreparedWebhook;
import tocsin.render.Renderer;
import tocsin.selfservice.EndpointChallenge;

/** Asks endpoints by signed events that tell of no update; neither logged nor counted. */
public final class EndpointQuestion implements EndpointChallenge {
  /** Its ids are those of no delivery. */
  private static final int NO_AUDIENCE = 0;

  private static final int CHALLENGE_OCTETS = 16;
  private static final String NO_ECHO = "its answer does not hold the challenge";

  private final WebhookSender sender;
  private final Renderer renderer;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random a secure source
   */
  public EndpointQuestion(
      WebhookSender sender, Renderer renderer, InstantSource clock, RandomGenerator random) {
    this.sender = sender;
    this.renderer = renderer;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Future<Optional<String>> echo(Endpoint endpoint) {
    byte[] drawn = new byte[CHALLENGE_OCTETS];
    random.nextBytes(drawn);
    String challenge = HexFormat.of().formatHex(drawn);
    return send(endpoint, renderer.challenge(challenge, clock.instant()))
        .map(attempt ->
            complaint(attempt)
                .or(() -> isEchoed(attempt, challenge) ? Optional.empty() : Optional.of(NO_ECHO)));
  }

  @Override
  public Future<Optional<String>> post(Endpoint endpoint, String code) {
    return send(endpoint, renderer.code(endpoint.dialect(), code, endpoint.locale()))
        .map(EndpointQuestion::complaint);
  }

  private Future<Attempt> send(Endpoint endpoint, PreparedWebhook event) {
    return sender.attempt(
        new Message.Webhook(
            new DeliveryId(NO_AUDIENCE, random.nextInt(Integer.MAX_VALUE)),
            endpoint.url(),
            endpoint.keys(),
            endpoint.dialect(),
            event.body()));
  }

  private static Optional<String> complaint(Attempt attempt) {
    return switch (attempt.outcome()) {
      case Outcome.Sent taken -> Optional.empty();
      case Outcome.Deferred deferred -> Optional.of(deferred.detail());
      case Outcome.Rejected rejected -> Optional.of(rejected.detail());
    };
  }

  /** Alone, or as the field of an object: who sends back all that it gets has not understood it. */
  private static boolean isEchoed(Attempt attempt, String challenge) {
    if (attempt.answer() == null) {
      return false;
    }
    Buffer body = attempt.answer().body();
    if (body.toString().strip().equals(challenge)) {
      return true;
    }
    try {
      return challenge.equals(new JsonObject(body).getValue("challenge"));
    } catch (DecodeException noObject) {
      return false;
    }
  }
}
