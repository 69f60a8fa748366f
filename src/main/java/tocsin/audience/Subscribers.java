package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;

/**
 * The subscribers on record. Every change notes its transaction, by which {@link AudienceIndex}
 * finds it.
 */
public final class Subscribers {
  private final Pool pool;
  private final SubscriberJson json;
  private final WebhookRules webhooks;
  private final Suppressions suppressions;
  private final InstantSource clock;

  public Subscribers(
      Pool pool,
      SubscriberJson json,
      WebhookRules webhooks,
      Suppressions suppressions,
      InstantSource clock) {
    this.pool = pool;
    this.json = json;
    this.webhooks = webhooks;
    this.suppressions = suppressions;
    this.clock = clock;
  }

  /**
   * Active at once; who had been deleted is back, and who had left if the registration holds a
   * later consent. Fails with VALIDATION for unknown names, and with CONFLICT where a present
   * subscriber has the address or one who left, or the address is suppressed.
   *
   * @param source whose word the consent is where the registration holds none: {@code api:<key
   *     name>}
   */
  public Future<Created> create(Registration registration, String source) {
    WebhookKeys keys = WebhookKeys.of(registration, webhooks);
    Consent consent =
        registration.consent() == null
            ? new Consent(source, clock.instant())
            : registration.consent();
    return pool.withTransaction(transaction ->
            KnownNames.check(transaction, registration)
                .compose(known -> checkFree(transaction, registration.address()))
                .compose(free -> SubscriberTable.insert(transaction, registration, keys, consent))
                .compose(created -> noted(transaction, created, source)))
        .map(subscriber -> new Created(subscriber, keys.secret()));
  }

  /** Also who has left. Fails with NOT_FOUND. */
  public Future<Subscriber> get(int id) {
    return pool.preparedQuery(
            "select %s from subscriber where id = $1".formatted(SubscriberRow.COLUMNS))
        .execute(Tuple.of(id))
        .compose(rows -> SubscriberRow.only(id, rows));
  }

  /**
   * Merges a patch (RFC 7396) into the subscriber. A new address ends quarantine. Fails with
   * NOT_FOUND where the subscriber was deleted, VALIDATION or CONFLICT.
   *
   * @param source whose word the consent is for a new address: {@code api:<key name>}
   */
  public Future<Subscriber> patch(int id, JsonObject patch, String source) {
    return pool.withTransaction(transaction ->
        transaction
            .preparedQuery(
                "select %s from subscriber where id = $1 and standing <> 'deleted' for update"
                    .formatted(SubscriberRow.COLUMNS))
            .execute(Tuple.of(id))
            .compose(rows -> SubscriberRow.only(id, rows))
            .compose(subscriber -> patch(transaction, subscriber, patch, source)));
  }

  /**
   * The operator removes them. Who has left by themselves stays on record as such, so that they do
   * not come back unasked. Fails with NOT_FOUND; a repeat is no failure.
   *
   * @param source {@code api:<key name>}
   */
  public Future<Void> delete(int id, String source) {
    return leave(id, StandingChange.deletion(Evidence.vouched(source)));
  }

  /**
   * Stops messages to an active subscriber who cannot be reached.
   *
   * @param standing a suppressed one
   * @return whether they were active
   */
  public Future<Boolean> suspend(int id, Standing standing) {
    if (!standing.isSuppressed()) {
      throw new IllegalArgumentException(standing + " does not suspend");
    }
    return new StandingChange(standing, EnumSet.of(Standing.ACTIVE), Evidence.of("provider"))
        .apply(pool, id);
  }

  /**
   * Brings back who could not be reached, and takes the address off the suppression list unless the
   * operator put it there; who is active stays so. Fails with NOT_FOUND, and with CONFLICT where
   * they left or the carrier blocks us.
   */
  public Future<Subscriber> activate(int id) {
    return pool.withTransaction(transaction ->
            transaction
                .preparedQuery(
                    """
                    update subscriber
                    set standing = 'active', standing_at = now(), changed = pg_current_xact_id()
                    where id = $1 and standing in ('quarantined', 'disabled')
                    returning channel, address, address_key
                    """)
                .execute(Tuple.of(id))
                .compose(rows ->
                    rows.size() == 0
                        ? Future.succeededFuture(true)
                        : suppressions.lift(
                            transaction, SubscriberRow.address(rows.iterator().next()))))
        .compose(lifted -> get(id))
        .map(subscriber -> {
          if (subscriber.standing() != Standing.ACTIVE) {
            throw Problem.conflict("the subscriber is " + subscriber.standing().word()).exception();
          }
          return subscriber;
        });
  }

  /**
   * In order of their ids.
   *
   * @param after id to go on behind; 0: from the first
   */
  public Future<List<Subscriber>> list(SubscriberFilter filter, int limit, int after) {
    var query = new SubscriberQuery(filter, limit, after);
    return pool.preparedQuery(query.sql()).execute(query.values()).map(SubscriberRow::subscribers);
  }

  private Future<Subscriber> patch(
      SqlConnection transaction, Subscriber subscriber, JsonObject patch, String source) {
    Registration registration = json.patched(subscriber, patch);
    Consent consent = consent(subscriber, registration, source);
    WebhookKeys keys =
        new WebhookKeys(registration.secret(), WebhookKeys.pair(registration, webhooks));
    return KnownNames.check(transaction, registration)
        .compose(known ->
            isMoved(subscriber, registration)
                ? checkFree(transaction, registration.address())
                : Future.succeededFuture())
        .compose(free ->
            SubscriberTable.update(transaction, subscriber.id(), registration, keys, consent))
        .compose(changed ->
            changed.consent().equals(subscriber.consent())
                ? Future.succeededFuture(changed)
                : noted(transaction, changed, source));
  }

  /** The old consent was for the old address. */
  private Consent consent(Subscriber before, Registration after, String source) {
    Consent given = after.consent() == null ? before.consent() : after.consent();
    return isMoved(before, after) && given.equals(before.consent())
        ? new Consent(source, clock.instant())
        : given;
  }

  private static boolean isMoved(Subscriber before, Registration after) {
    return !before.address().equals(after.address().text())
        && !before.address().equals(after.address().key());
  }

  private Future<Void> checkFree(SqlConnection transaction, Address address) {
    return suppressions
        .find(transaction, address)
        .compose(found ->
            found.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(suppressed(found.get().reason()).exception()));
  }

  private static Problem suppressed(SuppressionReason reason) {
    String detail = reason.complaint();
    return new Problem(
        Problem.Kind.CONFLICT, "address: " + detail, List.of(new FieldError("address", detail)));
  }

  private static Future<Subscriber> noted(
      SqlConnection transaction, Subscriber subscriber, String actor) {
    return ConsentLog.append(transaction, ConsentRecord.given(subscriber, actor)).map(subscriber);
  }

  private Future<Void> leave(int id, StandingChange change) {
    return change
        .apply(pool, id)
        .compose(changed -> changed ? Future.succeededFuture() : get(id).mapEmpty());
  }
}
