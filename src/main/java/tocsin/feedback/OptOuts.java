package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import tocsin.audience.Address;
import tocsin.audience.Channel;
import tocsin.audience.Standing;
import tocsin.audience.SuppressionReason;
import tocsin.audience.Suppressions;

/** Who leaves or comes back by a text, with the text's id as the proof. */
public final class OptOuts {
  private static final String SOURCE = "sms";

  private final Pool pool;
  private final Suppressions suppressions;

  public OptOuts(Pool pool, Suppressions suppressions) {
    this.pool = pool;
    this.suppressions = suppressions;
  }

  /**
   * Each text once. START brings back only who had left by STOP. A number that is no subscriber's
   * is kept from becoming one, and from being sent codes, from its STOP to its START. False where
   * nothing changed.
   *
   * @param word STOP or START
   * @param number E.164
   */
  Future<Boolean> obey(ReplyWord word, String sid, String number) {
    boolean leaves = word == ReplyWord.STOP;
    Standing after = leaves ? Standing.OPTED_OUT : Standing.ACTIVE;
    List<Standing> before =
        leaves
            ? List.of(Standing.ACTIVE, Standing.QUARANTINED, Standing.DELETED)
            : List.of(Standing.OPTED_OUT);
    return pool.withTransaction(transaction ->
            changed(transaction, word, sid, number, after, before)
                .compose(changed ->
                    (leaves ? silence(transaction, number) : allow(transaction, number))
                        .map(changed)))
        .map(Boolean.TRUE::equals);
  }

  /** Whoever asked for codes in the name of the number gets no more of them. */
  private Future<Void> silence(SqlConnection transaction, String number) {
    return transaction
        .preparedQuery(
            """
            update opt_in set expires_at = greatest(now(), requested_at + interval '1 ms')
            where told_channel = 'sms' and told_key = $1 and confirmed_at is null
              and expires_at > now()
            """)
        .execute(Tuple.of(number))
        .compose(expired ->
            transaction
                .preparedQuery("select from subscriber where channel = 'sms' and address_key = $1")
                .execute(Tuple.of(number)))
        .compose(known ->
            known.size() > 0
                ? Future.succeededFuture()
                : suppressions.add(
                    transaction, address(number), SuppressionReason.UNSUBSCRIBED, SOURCE));
  }

  private Future<Void> allow(SqlConnection transaction, String number) {
    return suppressions
        .find(transaction, address(number))
        .compose(found ->
            found
                    .filter(entry ->
                        entry.reason() == SuppressionReason.UNSUBSCRIBED
                            && entry.source().equals(SOURCE))
                    .isPresent()
                ? suppressions.lift(transaction, address(number)).mapEmpty()
                : Future.succeededFuture());
  }

  private static Address address(String number) {
    return new Address(Channel.SMS, number, number);
  }

  private static Future<Boolean> changed(
      SqlConnection transaction,
      ReplyWord word,
      String sid,
      String number,
      Standing after,
      List<Standing> before) {
    return transaction
        .preparedQuery(
            """
            with person as (
              select id from subscriber where channel = 'sms' and address_key = $2),
            proof as (
              insert into sms_reply (sid, subscriber, word) select $1, id, $3 from person
              on conflict (sid) do nothing
              returning subscriber),
            changed as (
              update subscriber
                 set standing = $4, standing_at = now(), changed = pg_current_xact_id()
                from proof
               where id = proof.subscriber and standing = any($5)
              returning id, channel, standing, standing_at),
            note as (
              insert into audit (actor, action, subject, outcome)
              select 'sms', standing, '/v1/subscribers/' || id, 'done' from changed)
            insert into consent (subscriber, kind, channel, source, at)
            select id, case standing when 'active' then 'given' else 'withdrawn' end, channel,
              'sms', standing_at
              from changed
            """)
        .execute(
            Tuple.of(
                sid,
                number,
                word.word(),
                after.word(),
                before.stream().map(Standing::word).toArray(String[]::new)))
        .map(rows -> rows.rowCount() > 0);
  }
}
