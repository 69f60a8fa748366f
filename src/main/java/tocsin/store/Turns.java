package tocsin.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.function.Supplier;

/**
 * Work that one node does at a time, by an advisory lock of a transaction of its own: a node that
 * is killed gives its turn back with its connection, also behind a pooler.
 */
public final class Turns {
  private final Pool pool;

  public Turns(Pool pool) {
    this.pool = pool;
  }

  /**
   * Does the work unless another node is at it; the lock is held until it is done.
   *
   * @return whether it was done here
   */
  public Future<Boolean> take(String work, Supplier<Future<Void>> does) {
    return pool.withTransaction(lock ->
            lock.preparedQuery("select pg_try_advisory_xact_lock(hashtext('tocsin ' || $1)) free")
                .execute(Tuple.of(work))
                .compose(rows ->
                    rows.iterator().next().getBoolean("free")
                        ? does.get().map(true)
                        : Future.succeededFuture(false)))
        .map(Boolean.TRUE::equals);
  }
}
