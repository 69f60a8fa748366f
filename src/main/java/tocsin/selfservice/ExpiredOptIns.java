package tocsin.selfservice;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/** Opt-ins that nobody can confirm any more, kept for a week in case somebody asks about one. */
public final class ExpiredOptIns {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final int MOST = 10_000;

  private final Pool pool;

  public ExpiredOptIns(Pool pool) {
    this.pool = pool;
  }

  /**
   * Deletes up to 10,000 of those that expired a week ago; several nodes may do so at once.
   *
   * @return how many
   */
  public Future<Integer> forget() {
    return pool.preparedQuery(
            """
            delete from opt_in where id in (
              select id from opt_in where expires_at < now() - $1 * interval '1 ms'
              order by expires_at limit $2 for update skip locked)
            """)
        .execute(Tuple.of((double) KEPT.toMillis(), MOST))
        .map(SqlResult::rowCount);
  }
}
