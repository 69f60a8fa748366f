package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import tocsin.audience.DeliveryId;

/** The providers' later word on what was sent. */
public final class Receipts {
  private final Pool pool;

  public Receipts(Pool pool) {
    this.pool = pool;
  }

  /**
   * Records a state unless one of the same or a higher rank is on record: reordered and repeated
   * receipts never move a delivery backwards. False if it was no news, or the delivery is unknown.
   */
  public Future<Boolean> record(DeliveryId id, String state, int rank, String detail) {
    return pool.preparedQuery(
            """
            insert into receipt (audience, subscriber, state, rank, detail)
            select id, $2, $3, $4, $5 from audience where id = $1
            on conflict (audience, subscriber) do update
               set state = excluded.state, rank = excluded.rank, detail = excluded.detail, at = now()
             where receipt.rank < excluded.rank
            """)
        .execute(Tuple.of(id.audience(), id.subscriber(), state, (short) rank, detail))
        .map(rows -> rows.rowCount() > 0);
  }
}
