package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * Mails to single people that tell of no update and did not arrive, or were not wanted: what one of
 * them was to confirm can be confirmed no more.
 */
final class EndedNotices {
  private final Pool pool;

  EndedNotices(Pool pool) {
    this.pool = pool;
  }

  /** A repeat, or a notice that nobody knows, is no failure. */
  Future<Void> end(int notice) {
    return pool.preparedQuery(
            """
            with ended as (
              update notice set outcome = 'failed' where id = $1 and channel = 'email'
              returning kind, subject)
            update opt_in o
               set expires_at = least(o.expires_at,
                     greatest(now(), o.requested_at + interval '1 ms'))
              from ended e
             where e.kind = 'confirm' and o.id = e.subject and o.confirmed_at is null
            """)
        .execute(Tuple.of(notice))
        .mapEmpty();
  }
}
