package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import tocsin.audience.Standing;

/** Who leaves or comes back by a text, with the text's id as the proof. */
public final class OptOuts {
  private final Pool pool;

  public OptOuts(Pool pool) {
    this.pool = pool;
  }

  /**
   * Each text once. START brings back only who had left by STOP. False where nothing changed.
   *
   * @param word STOP or START
   * @param number E.164
   */
  Future<Boolean> obey(ReplyWord word, String sid, String number) {
    boolean leaves = word == ReplyWord.STOP;
    Standing after = leaves ? Standing.OPTED_OUT : Standing.ACTIVE;
    List<Standing> before =
        leaves ? List.of(Standing.ACTIVE, Standing.QUARANTINED) : List.of(Standing.OPTED_OUT);
    return pool.preparedQuery(
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
