package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Evidence;
import tocsin.audience.Registration;
import tocsin.audience.WebhookKeys;
import tocsin.audience.Wording;

/** The opt-ins on record. */
final class OptInTable {
  private static final String SELECT =
      """
      select %s from opt_in o join opt_in c on c.id = coalesce(o.code_of, o.id) where o.id = $1
      """
          .formatted(OptInRow.COLUMNS);

  private OptInTable() {}

  /**
   * @param told what was sent; null: nothing
   * @param codeOf an earlier opt-in whose code is still good; null: none
   * @return the new id
   */
  static Future<Integer> insert(
      SqlConnection transaction,
      OptInRequest request,
      WebhookKeys keys,
      Duration lifetime,
      @Nullable NoticeKind told,
      @Nullable Integer codeOf) {
    Registration wish = request.wish();
    Wording wording = request.wording();
    Visitor visitor = request.visitor();
    Evidence evidence = Evidence.request(request.source(), visitor.ip(), visitor.userAgent());
    return transaction
        .preparedQuery(
            """
            with fresh as (select nextval(pg_get_serial_sequence('opt_in', 'id'))::int as id)
            insert into opt_in (id, channel, address, address_key, locale, time_zone, wish, contact,
              secret, signing_key, public_key, wording, wording_version, source, ip, network,
              user_agent, expires_at, told, told_channel, told_key, code_of)
            overriding system value
            select id, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::inet,
              $15::text::cidr, $16, now() + $17 * interval '1 ms', $18, $19, $20,
              case when $18 = 'code' then id else $21 end
            from fresh
            returning id
            """)
        .execute(
            Tuple.from(
                new @Nullable Object[] {
                  wish.channel().word(),
                  wish.address().text(),
                  wish.address().key(),
                  wish.locale(),
                  wish.zone().getId(),
                  WishJson.print(wish),
                  wish.form().contact(),
                  keys.secret(),
                  keys.privateKey(),
                  keys.publicKey(),
                  wording == null ? null : wording.id(),
                  wording == null ? null : wording.version(),
                  evidence.source(),
                  visitor.ip(),
                  visitor.network(),
                  evidence.userAgent(),
                  (double) lifetime.toMillis(),
                  told == null ? null : told.word(),
                  request.told().channel().word(),
                  request.told().key(),
                  codeOf
                }))
        .map(rows -> rows.iterator().next().getInteger("id"));
  }

  static Future<Optional<OptInRow>> find(SqlClient client, int id) {
    return client.preparedQuery(SELECT).execute(Tuple.of(id)).map(OptInTable::first);
  }

  /** For whoever changes it: with the opt-in whose code it asks for, until the transaction ends. */
  static Future<Optional<OptInRow>> hold(SqlConnection transaction, int id) {
    return transaction
        .preparedQuery(SELECT + " for update")
        .execute(Tuple.of(id))
        .map(OptInTable::first);
  }

  /** The latest whose code was sent to the number and that can still be confirmed. */
  static Future<Optional<Integer>> openOf(SqlConnection transaction, String number) {
    return transaction
        .preparedQuery(
            """
            select id from opt_in
            where told_channel = 'sms' and told_key = $1 and told = 'code'
              and confirmed_at is null and expires_at > now()
            order by requested_at desc limit 1
            """)
        .execute(Tuple.of(number))
        .map(rows ->
            rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getInteger("id")));
  }

  /** Whoever asked for the same code has had the use of it too. */
  static Future<Void> confirmed(SqlConnection transaction, OptInRow row) {
    return transaction
        .preparedQuery("update opt_in set confirmed_at = now() where id in ($1, $2)")
        .execute(Tuple.of(row.id(), row.codeOf()))
        .mapEmpty();
  }

  /** Cannot be confirmed any more, through no fault of theirs: they may ask again at once. */
  static Future<Void> spent(SqlConnection transaction, OptInRow row) {
    return transaction
        .preparedQuery(
            """
            update opt_in set told = null,
              expires_at = greatest(now(), requested_at + interval '1 ms')
            where id = $1
            """)
        .execute(Tuple.of(row.id()))
        .mapEmpty();
  }

  static Future<Void> failed(SqlConnection transaction, OptInRow row) {
    return transaction
        .preparedQuery("update opt_in set tries = tries + 1 where id = coalesce($2, $1::int)")
        .execute(Tuple.of(row.id(), row.codeOf()))
        .mapEmpty();
  }

  static Future<Void> challenged(SqlConnection transaction, OptInRow row) {
    return transaction
        .preparedQuery(
            "update opt_in set challenges = challenges + 1, challenged_at = now() where id = $1")
        .execute(Tuple.of(row.id()))
        .mapEmpty();
  }

  /** Its own code is good from now on: it was posted. */
  static Future<Void> posted(SqlClient client, int id) {
    return client
        .preparedQuery("update opt_in set code_of = id where id = $1")
        .execute(Tuple.of(id))
        .mapEmpty();
  }

  private static Optional<OptInRow> first(RowSet<Row> rows) {
    var found = rows.iterator();
    return found.hasNext() ? Optional.of(OptInRow.of(found.next())) : Optional.empty();
  }
}
