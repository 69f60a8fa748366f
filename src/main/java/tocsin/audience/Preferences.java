package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Objects;
import tocsin.audience.LinkTokens.Link;
import tocsin.incident.Problem;
import tocsin.store.Audit;

/**
 * What subscribers see and change by themselves with the link in their mails. A revoked link, and
 * that of somebody who left, fails with NOT_FOUND.
 */
public final class Preferences {
  private static final String ACTOR = "link";

  private static final String HELD =
      """
      select %s, address_key, changed::text as version from subscriber
      where id = $1 and link_version = $2 and standing in ('active', 'quarantined')
      """
          .formatted(SubscriberRow.COLUMNS);

  private final Pool pool;
  private final SubscriberJson json;
  private final WebhookRules webhooks;
  private final SecretRotation rotation;

  /**
   * A subscriber as the link shows them.
   *
   * @param address enough of it for its owner to know it again
   * @param version differs after every change
   */
  public record Held(Subscriber subscriber, String address, String version) {}

  public Preferences(Pool pool, SubscriberJson json, WebhookRules webhooks) {
    this.pool = pool;
    this.json = json;
    this.webhooks = webhooks;
    this.rotation = new SecretRotation(pool, webhooks);
  }

  public Future<Held> find(Link link) {
    return held(pool, HELD, link);
  }

  /**
   * Merges a patch (RFC 7396) into the subscriber. Fails with VALIDATION, and with NOT_FOUND for a
   * shared mailbox: one reader does not choose for all.
   *
   * @param seen the version that the patch is a change of
   * @return false where it is not of that version any more, and nothing was changed
   */
  public Future<Boolean> change(Link link, String seen, JsonObject patch) {
    return pool.withTransaction(transaction ->
            hold(transaction, link)
                .map(Preferences::own)
                .compose(held ->
                    held.version().equals(seen)
                        ? write(transaction, held.subscriber(), patch).map(done -> true)
                        : Future.succeededFuture(false)))
        .map(Objects::requireNonNull);
  }

  /** A new secret for the endpoint; the one before signs too. Fails with CONFLICT as the API. */
  public Future<RotatedSecret> rotate(Link link, Duration overlap) {
    return pool.withTransaction(transaction ->
            hold(transaction, link)
                .compose(held -> rotation.rotate(transaction, link.id(), null, overlap))
                .compose(rotated -> note(transaction, "secret", link.id()).map(rotated)))
        .map(Objects::requireNonNull);
  }

  private static Held own(Held held) {
    if (held.subscriber().mailbox().isShared()) {
      throw Problem.notFound("a shared mailbox is changed by an opt-in that it confirms")
          .exception();
    }
    return held;
  }

  private Future<Void> write(SqlConnection transaction, Subscriber before, JsonObject patch) {
    Registration after = json.patched(before, patch);
    WebhookKeys keys = new WebhookKeys(after.secret(), WebhookKeys.pair(after, webhooks));
    return KnownNames.check(transaction, after)
        .compose(known ->
            SubscriberTable.update(transaction, before.id(), after, keys, before.consent()))
        .compose(changed ->
            transaction
                .preparedQuery("update subscriber set chosen_at = now() where id = $1")
                .execute(Tuple.of(before.id())))
        .compose(chosen -> note(transaction, "preferences", before.id()));
  }

  private static Future<Held> hold(SqlConnection transaction, Link link) {
    return held(transaction, HELD + " for update", link);
  }

  private static Future<Held> held(SqlClient client, String query, Link link) {
    return client
        .preparedQuery(query)
        .execute(Tuple.of(link.id(), link.version()))
        .map(rows -> {
          if (rows.size() == 0) {
            throw Problem.notFound("the link leads nowhere").exception();
          }
          return held(rows.iterator().next());
        });
  }

  private static Future<Void> note(SqlConnection transaction, String action, int subscriber) {
    return Audit.note(transaction, ACTOR, action, "/v1/subscribers/" + subscriber);
  }

  private static Held held(Row row) {
    Subscriber subscriber = SubscriberRow.subscriber(row);
    Address address =
        new Address(subscriber.channel(), subscriber.address(), row.getString("address_key"));
    return new Held(subscriber, address.masked(), row.getString("version"));
  }
}
