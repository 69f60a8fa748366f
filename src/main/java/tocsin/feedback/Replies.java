package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** Who leaves or comes back by a text, with the text's id as the proof. */
public final class Replies {
  private final Pool pool;

  public Replies(Pool pool) {
    this.pool = pool;
  }

  /**
   * Each text once. START brings back only who had left by STOP. False where nothing changed.
   *
   * @param word STOP or START
   * @param number E.164
   */
  Future<Boolean> obey(ReplyWord word, String sid, String number) {
    String standing = word == ReplyWord.STOP ? "opted_out" : "active";
    String[] before =
        word == ReplyWord.STOP
            ? new String[] {"active", "quarantined"}
            : new String[] {"opted_out"};
    return pool.preparedQuery(
            """
            with person as (
              select id from subscriber where channel = 'sms' and address_key = $2),
            proof as (
              insert into sms_reply (sid, subscriber, word) select $1, id, $3 from person
              on conflict (sid) do nothing
              returning subscriber)
            update subscriber
               set standing = $4, standing_at = now(), changed = pg_current_xact_id()
              from proof
             where id = proof.subscriber and standing = any($5)
            """)
        .execute(Tuple.of(sid, number, word == ReplyWord.STOP ? "stop" : "start", standing, before))
        .map(rows -> rows.rowCount() > 0);
  }
}
