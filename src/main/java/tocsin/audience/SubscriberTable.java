package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;

/** Writes one registration into the table, inside a transaction that has checked its names. */
final class SubscriberTable {
  private static final String UNIQUE_VIOLATION = "23505";

  private SubscriberTable() {}

  /**
   * Fails with CONFLICT where a present subscriber has the address, or one who left by themselves
   * and has given no consent since.
   *
   * @param consent of the registration, or the word of whoever registers them
   */
  static Future<Subscriber> insert(
      SqlConnection transaction, Registration registration, WebhookKeys keys, Consent consent) {
    return transaction
        .preparedQuery(
            """
            insert into subscriber (channel, address, address_key, locale, time_zone, customer,
              subscriptions, secret, consent_source, consent_at, updates, dialect, signature,
              signing_key, public_key, contact, shared)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
            where not exists (select from subscriber where channel = $1 and address_key = $3
              and standing not in ('unsubscribed', 'deleted'))
            on conflict (channel, address_key) do update set address = excluded.address,
              locale = excluded.locale, time_zone = excluded.time_zone,
              customer = excluded.customer, subscriptions = excluded.subscriptions,
              secret = excluded.secret, updates = excluded.updates,
              dialect = excluded.dialect, signature = excluded.signature,
              signing_key = excluded.signing_key, public_key = excluded.public_key,
              contact = excluded.contact, shared = excluded.shared,
              old_keys = null, chosen_at = null,
              consent_source = excluded.consent_source,
              consent_at = excluded.consent_at, standing = 'active', standing_at = now(),
              changed = pg_current_xact_id()
            where subscriber.standing = 'deleted'
              or subscriber.standing = 'unsubscribed' and $18
                and excluded.consent_at > subscriber.standing_at
                and not exists (select from complaint c where c.subscriber = subscriber.id)
            returning %s
            """
                .formatted(SubscriberRow.COLUMNS))
        .execute(tuple(registration, keys, consent).addBoolean(registration.consent() != null))
        .compose(rows ->
            rows.size() == 0
                ? refused(transaction, registration.address())
                : Future.succeededFuture(SubscriberRow.subscriber(rows.iterator().next())));
  }

  /**
   * Keeps the channel, the key pair if there is one, and the secret where none is given. Fails with
   * CONFLICT where another has the address, or who left would get another: their wish is the
   * address's.
   *
   * @param id of a row that the transaction holds
   */
  static Future<Subscriber> update(
      SqlConnection transaction,
      int id,
      Registration registration,
      WebhookKeys keys,
      Consent consent) {
    return transaction
        .preparedQuery(
            """
            update subscriber set address = $2, address_key = $3, locale = $4, time_zone = $5,
              customer = $6, subscriptions = $7, secret = coalesce($8, secret),
              consent_source = $9, consent_at = $10, updates = $11,
              dialect = $12, signature = $13, signing_key = coalesce(signing_key, $14),
              public_key = coalesce(public_key, $15), contact = $16, shared = $17,
              standing = case when address_key <> $3 and standing in ('quarantined', 'disabled')
                then 'active' else standing end,
              standing_at = case when address_key <> $3 and standing in ('quarantined', 'disabled')
                then now() else standing_at end,
              link_version = case when address_key <> $3 then (link_version + 1) %% 32768
                else link_version end,
              changed = pg_current_xact_id()
            where channel = $1 and id = $18
              and (address_key = $3 or standing not in ('unsubscribed', 'opted_out'))
            returning %s
            """
                .formatted(SubscriberRow.COLUMNS))
        .execute(tuple(registration, keys, consent).addInteger(id))
        .compose(rows ->
            rows.size() == 1
                ? SubscriberRow.only(id, rows)
                : Future.<Subscriber>failedFuture(hasLeftForGood().exception()))
        .recover(failure -> Future.failedFuture(isTaken(failure) ? taken().exception() : failure));
  }

  private static Tuple tuple(Registration registration, WebhookKeys keys, Consent consent) {
    return Tuple.from(
        new @Nullable Object[] {
          registration.channel().word(),
          registration.address().text(),
          registration.address().key(),
          registration.locale(),
          registration.zone().getId(),
          registration.customer(),
          SubscriptionJson.print(registration.subscriptions()),
          keys.secret(),
          consent.source(),
          consent.at().atOffset(ZoneOffset.UTC),
          registration.updates().word(),
          registration.form().dialect().word(),
          registration.form().signature().word(),
          keys.privateKey(),
          keys.publicKey(),
          registration.form().contact(),
          registration.mailbox().isShared()
        });
  }

  private static Future<Subscriber> refused(SqlConnection transaction, Address address) {
    return transaction
        .preparedQuery(
            """
            select from subscriber
            where channel = $1 and address_key = $2 and standing = 'unsubscribed'
            """)
        .execute(Tuple.of(address.channel().word(), address.key()))
        .compose(rows -> Future.failedFuture((rows.size() == 0 ? taken() : hasLeft()).exception()));
  }

  private static boolean isTaken(Throwable failure) {
    return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
  }

  private static Problem taken() {
    return conflict("is already subscribed on this channel");
  }

  private static Problem hasLeft() {
    return conflict("has unsubscribed; comes back only by a consent that was given after that");
  }

  private static Problem hasLeftForGood() {
    return conflict("has left, and stays on record with this address; subscribe the other one");
  }

  private static Problem conflict(String detail) {
    return new Problem(
        Problem.Kind.CONFLICT, "address: " + detail, List.of(new FieldError("address", detail)));
  }
}
