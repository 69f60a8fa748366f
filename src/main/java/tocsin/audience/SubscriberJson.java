package tocsin.audience;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;

/** Subscribers as JSON: what the API and the import read, and what the API and the export print. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class SubscriberJson {
  private final WebhookRules webhooks;
  private final InstantSource clock;

  public SubscriberJson(WebhookRules webhooks, InstantSource clock) {
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** Throws a ProblemException that holds every field error. */
  public Registration parse(JsonObject json) {
    throw new UnsupportedOperationException(webhooks.toString() + clock);
  }

  /**
   * The subscriber after a merge patch (RFC 7396). A patch that holds {@code subscriptions}
   * replaces the flat lists. Throws a ProblemException that holds every field error.
   */
  public Registration patched(Subscriber subscriber, JsonObject patch) {
    throw new UnsupportedOperationException();
  }

  /** With id, standing and consent, without secrets. */
  public static JsonObject print(Subscriber subscriber) {
    throw new UnsupportedOperationException();
  }
}
