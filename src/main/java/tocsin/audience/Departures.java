package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may not be messaged any more, as it becomes known. One reader; not for two threads at once.
 */
public final class Departures {
  private final Pool pool;

  /** Transactions before it have been seen. */
  private @Nullable String watermark;

  public Departures(Pool pool) {
    this.pool = pool;
  }

  /**
   * Who left or became unreachable since it was last asked, some of them perhaps once more; nobody
   * at the first time.
   */
  public Future<Map<Integer, Standing>> next() {
    return pool.preparedQuery(
            """
            select pg_snapshot_xmin(pg_current_snapshot())::text as watermark, id, standing
            from (select) as always left join subscriber
              on changed >= $1::text::xid8 and standing <> 'active'
            """)
        .execute(Tuple.of(watermark))
        .map(rows -> {
          var gone = new HashMap<Integer, Standing>();
          for (Row row : rows) {
            watermark = row.getString("watermark");
            if (row.getInteger("id") != null) {
              gone.put(row.getInteger("id"), Standing.of(row.getString("standing")).orElseThrow());
            }
          }
          return gone;
        });
  }
}
