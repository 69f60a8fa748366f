package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import tocsin.audience.Channel;

/**
 * Writes what happened. One statement settles a whole batch: it appends to the ledger, moves the
 * counters, adds or removes retry rows and changes standings, all for those settlements whose claim
 * still holds and nothing for the others.
 *
 * <pre>
 *  member of a chunk --settle--&gt; sent | failed | suppressed | withdrawn | superseded
 *                     \--------&gt; deferred: a retry row --settle--&gt; (as above)
 *                                  ^   ^------------------/ deferred again
 *                                  \--requeue-- failed
 * </pre>
 *
 * A wait that nobody outside caused is deferred too, but is no outcome: it leaves no trace in the
 * ledger.
 */
public class Ledger {
  private final Pool pool;

  public Ledger(Pool pool) {
    this.pool = pool;
  }

  /**
   * How many of the settlements were accepted; the others had lost their claim, or were settled by
   * this flush before. Claims of chunks and of retries are one transaction each.
   *
   * @param flush positive, rises with every batch of one holder of claims; the same when a batch is
   *     repeated because its answer was lost
   */
  public Future<Integer> settle(Channel channel, long flush, List<Settlement> batch) {
    List<Settlement> chunks = new ArrayList<>(batch.size());
    List<Settlement> retries = new ArrayList<>();
    for (Settlement settlement : batch) {
      switch (settlement.claim()) {
        case Claim.OfChunk chunk -> chunks.add(settlement);
        case Claim.OfRetry retry -> retries.add(settlement);
      }
    }
    return settleChunks(channel, flush, chunks)
        .compose(first -> settleRetries(channel, retries).map(rest -> first + rest));
  }

  private Future<Integer> settleChunks(Channel channel, long flush, List<Settlement> batch) {
    return batch.isEmpty()
        ? Future.succeededFuture(0)
        : accepted(ChunkFlush.SETTLE, new ChunkFlush(batch).parameters(channel, flush));
  }

  private Future<Integer> settleRetries(Channel channel, List<Settlement> batch) {
    return batch.isEmpty()
        ? Future.succeededFuture(0)
        : accepted(RetryFlush.SETTLE, new RetryFlush(batch).parameters(channel));
  }

  private Future<Integer> accepted(String statement, Tuple parameters) {
    return pool.preparedQuery(statement)
        .execute(parameters)
        .map(rows -> rows.iterator().next().getInteger("accepted"));
  }
}
