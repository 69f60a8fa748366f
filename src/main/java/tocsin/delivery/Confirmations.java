package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import tocsin.audience.DeliveryId;

/**
 * Settles as sent what had failed because nobody knew whether the provider took it, once the
 * provider says that it did; the account adds up all the while.
 */
public final class Confirmations {
  private static final String WRITE =
      """
      with last as materialized (
        select state, reason, attempts, at
          from ledger
         where audience = $1 and chunk = $2 and $3 = any(subscribers)
         order by id desc limit 1),
      doubtful as (
        select * from last
         where state = 'failed' and reason = 'unknown'
           and not exists (select from retry where audience = $1 and subscriber = $3)),
      recorded as (
        insert into ledger (audience, chunk, state, attempts, reason, subscribers, details)
        select $1, $2, 'sent', attempts, reason, array[$3], array[$4] from doubtful)
      update chunk set failed = failed - 1, sent = sent + 1,
          first_sent_at = least(first_sent_at, doubtful.at),
          last_sent_at = greatest(last_sent_at, doubtful.at)
        from doubtful where audience = $1 and number = $2
      """;

  private final Pool pool;

  public Confirmations(Pool pool) {
    this.pool = pool;
  }

  /** False where there was no doubt. */
  public Future<Boolean> taken(DeliveryId id, String providerId) {
    return pool.preparedQuery(
            """
            select chunk from ledger
             where audience = $1 and state = 'failed' and reason = 'unknown'
               and $2 = any(subscribers)
             limit 1
            """)
        .execute(Tuple.of(id.audience(), id.subscriber()))
        .compose(rows -> {
          for (Row row : rows) {
            int chunk = row.getInteger("chunk");
            return pool.withTransaction(connection -> settled(connection, id, chunk, providerId));
          }
          return Future.succeededFuture(false);
        });
  }

  private static Future<Boolean> settled(
      SqlConnection connection, DeliveryId id, int chunk, String providerId) {
    return Reopening.lock(connection, new Integer[] {id.audience()}, new Integer[] {chunk})
        .compose(locked ->
            connection
                .preparedQuery(WRITE)
                .execute(Tuple.of(id.audience(), chunk, id.subscriber(), providerId)))
        .map(written -> written.rowCount() > 0);
  }
}
