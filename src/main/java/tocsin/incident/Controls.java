package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** What operators want of each fan-out: on record, and announced to every node. */
public final class Controls {
  private final Pool pool;

  public Controls(Pool pool) {
    this.pool = pool;
  }

  /** Of an update that is there, by its id. */
  public Future<FanoutState> state(int update) {
    return pool.preparedQuery(
            """
            select planned_at is not null as planned, parked, control
            from incident_update where id = $1
            """)
        .execute(Tuple.of(update))
        .map(rows -> {
          Row row = rows.iterator().next();
          return new FanoutState(
              row.getBoolean("planned"),
              Optional.ofNullable(row.getString("parked")),
              Control.of(row.getString("control")).orElseThrow());
        });
  }

  /**
   * Durable and announced when it succeeds; what is so already stays so. Fails with a conflict
   * where the fan-out was cancelled, which is for good.
   */
  public Future<Void> change(int update, Control wanted) {
    return pool.preparedQuery(
            """
            with changed as (
              update incident_update set control = $2
               where id = $1 and control not in ($2, 'cancelled')
              returning id)
            select pg_notify($3, id::text) from changed
            """)
        .execute(Tuple.of(update, wanted.word(), Control.TOPIC))
        .compose(rows -> rows.size() == 1 ? Future.succeededFuture() : unchanged(update, wanted));
  }

  private Future<Void> unchanged(int update, Control wanted) {
    return state(update)
        .compose(state ->
            state.control() == wanted
                ? Future.succeededFuture()
                : Future.failedFuture(
                    Problem.conflict("the fan-out was cancelled, for good").exception()));
  }
}
