package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;

/**
 * The subscribers on record. Every change notes its transaction, by which {@link AudienceIndex}
 * finds it.
 */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Subscribers {
  private final Pool pool;
  private final SubscriberJson json;
  private final WebhookRules webhooks;

  public Subscribers(Pool pool, SubscriberJson json, WebhookRules webhooks) {
    this.pool = pool;
    this.json = json;
    this.webhooks = webhooks;
  }

  /**
   * Active at once; who had left is back. Fails with VALIDATION for unknown names, and with
   * CONFLICT where a present subscriber has the address.
   *
   * @param source whose word the consent is where the registration holds none: {@code api:<key
   *     name>}
   */
  public Future<Created> create(Registration registration, String source) {
    throw new UnsupportedOperationException("" + pool + json + webhooks);
  }

  /** Also who has left. Fails with NOT_FOUND. */
  public Future<Subscriber> get(int id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Merges a patch (RFC 7396) into the subscriber. A new address ends quarantine. Fails with
   * NOT_FOUND where the subscriber was deleted, VALIDATION or CONFLICT.
   */
  public Future<Subscriber> patch(int id, JsonObject patch) {
    throw new UnsupportedOperationException();
  }

  /** The operator removes them. Fails with NOT_FOUND; a repeat is no failure. */
  public Future<Void> delete(int id) {
    throw new UnsupportedOperationException();
  }

  /** They leave by themselves. Fails with NOT_FOUND; a repeat is no failure. */
  public Future<Void> unsubscribe(int id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Stops messages to an active subscriber who cannot be reached.
   *
   * @param standing a suppressed one
   * @return whether they were active
   */
  public Future<Boolean> suspend(int id, Standing standing) {
    throw new UnsupportedOperationException();
  }

  /**
   * In order of their ids.
   *
   * @param after id to go on behind; 0: from the first
   */
  public Future<List<Subscriber>> list(SubscriberFilter filter, int limit, int after) {
    throw new UnsupportedOperationException();
  }
}
