package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import tocsin.audience.DeliveryId;

/** Texts that failed after they were taken, remembered for 14 days. */
final class SmsFailures {
  private final Pool pool;

  /**
   * What came before a failure.
   *
   * @param known it has been dealt with
   * @param strikes of the same code and subscriber within 14 days
   * @param tries of the same delivery
   */
  record History(boolean known, int strikes, int tries) {}

  SmsFailures(Pool pool) {
    this.pool = pool;
  }

  Future<History> before(String sid, DeliveryId id, int code) {
    return pool.preparedQuery(
            """
            select exists (select from sms_failure where sid = $1) known,
                count(*) filter (where code = $4 and at > now() - interval '14 days')::int strikes,
                count(*) filter (where audience = $2)::int tries
              from sms_failure where subscriber = $3 and sid <> $1
            """)
        .execute(Tuple.of(sid, id.audience(), id.subscriber(), code))
        .map(rows -> {
          Row row = rows.iterator().next();
          return new History(
              row.getBoolean("known"), row.getInteger("strikes"), row.getInteger("tries"));
        });
  }

  /** It is dealt with; older ones of its subscriber are forgotten. */
  Future<Void> note(String sid, DeliveryId id, int code) {
    return pool.preparedQuery(
            """
            with old as (
              delete from sms_failure
               where subscriber = $3 and at < now() - interval '14 days')
            insert into sms_failure (sid, audience, subscriber, code) values ($1, $2, $3, $4)
            on conflict (sid) do nothing
            """)
        .execute(Tuple.of(sid, id.audience(), id.subscriber(), code))
        .mapEmpty();
  }
}
