package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Registration;
import tocsin.audience.SubscriptionJson;

/** Makes whoever confirmed an opt-in a subscriber. */
final class OptInSubscriber {

  /**
   * The subscriber as written.
   *
   * @param version of the links to their preferences
   * @param secret what their events are signed with; null on other channels
   * @param publicKey null: there is none
   */
  record Written(int id, int version, @Nullable String secret, @Nullable String publicKey) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Written[" + id + "]";
    }
  }

  private OptInSubscriber() {}

  /**
   * New, back, or with other wishes. Whose customer they are is not theirs to say, one reader does
   * not make a shared mailbox their own, and what signs to an active endpoint stays. Empty where
   * the carrier blocks us on their word.
   *
   * @param from a source of consent; by a text of their own the carrier's block ends as well
   */
  static Future<Optional<Written>> write(SqlConnection transaction, OptInRow row, Source from) {
    Registration wish = row.wish();
    return transaction
        .preparedQuery(
            """
            insert into subscriber as s (channel, address, address_key, locale, time_zone, customer,
              subscriptions, secret, signing_key, public_key, updates, dialect, signature, contact,
              shared, consent_source, consent_at, chosen_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, now())
            on conflict (channel, address_key) do update set
              address = excluded.address, locale = excluded.locale,
              time_zone = excluded.time_zone,
              customer = case s.standing when 'deleted' then excluded.customer else s.customer end,
              subscriptions = excluded.subscriptions, updates = excluded.updates,
              dialect = excluded.dialect, signature = excluded.signature,
              contact = excluded.contact,
              shared = excluded.shared or s.shared and s.standing <> 'deleted',
              secret = case s.standing when 'active' then s.secret else excluded.secret end,
              signing_key = case s.standing when 'active'
                then coalesce(s.signing_key, excluded.signing_key) else excluded.signing_key end,
              public_key = case s.standing when 'active'
                then coalesce(s.public_key, excluded.public_key) else excluded.public_key end,
              old_keys = case s.standing when 'active' then s.old_keys end,
              consent_source = excluded.consent_source, consent_at = excluded.consent_at,
              chosen_at = excluded.chosen_at, standing = 'active',
              standing_at = case s.standing when 'active' then s.standing_at else now() end,
              changed = pg_current_xact_id()
            where s.standing <> 'opted_out' or $18
            returning id, link_version, secret, public_key
            """)
        .execute(
            Tuple.from(
                new @Nullable Object[] {
                  wish.channel().word(),
                  wish.address().text(),
                  wish.address().key(),
                  wish.locale(),
                  wish.zone().getId(),
                  wish.customer(),
                  SubscriptionJson.print(wish.subscriptions()),
                  row.keys().secret(),
                  row.keys().privateKey(),
                  row.keys().publicKey(),
                  wish.updates().word(),
                  wish.form().dialect().word(),
                  wish.form().signature().word(),
                  wish.form().contact(),
                  wish.mailbox().isShared(),
                  from.word(row),
                  row.now().atOffset(ZoneOffset.UTC),
                  from == Source.TEXT
                }))
        .map(rows -> {
          if (rows.size() == 0) {
            return Optional.empty();
          }
          var written = rows.iterator().next();
          return Optional.of(
              new Written(
                  written.getInteger("id"),
                  written.getInteger("link_version"),
                  written.getString("secret"),
                  written.getString("public_key")));
        });
  }

  /** By what they confirmed it. */
  enum Source {
    /** On a page. */
    PAGE,
    /** By a text of their own. */
    TEXT;

    /** The source of the consent. */
    String word(OptInRow row) {
      return this == TEXT ? "sms" : row.source();
    }
  }
}
