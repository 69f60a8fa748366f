package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.EnumSet;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

/**
 * Who was told of an incident, or still is about to be: the members of its audiences less those
 * whose delivery ended without being sent. A subscriber who was told by any update counts.
 */
public final class Told {
  private static final Set<DeliveryState> UNSENT =
      EnumSet.of(
          DeliveryState.FAILED,
          DeliveryState.SUPPRESSED,
          DeliveryState.WITHDRAWN,
          DeliveryState.SUPERSEDED);

  private final Pool pool;
  private final FrozenAudiences audiences;

  public Told(Pool pool, FrozenAudiences audiences) {
    this.pool = pool;
    this.audiences = audiences;
  }

  /** A fresh set, the caller's own. */
  public Future<RoaringBitmap> of(String incident, Channel channel) {
    return audiences
        .ofIncident(incident, channel)
        .compose(found -> {
          Future<RoaringBitmap> told = Future.succeededFuture(new RoaringBitmap());
          for (FrozenAudience audience : found) {
            told = told.compose(sum -> add(sum, audience));
          }
          return told;
        });
  }

  /**
   * Reads only the ledger rows of chunks in which anything ended unsent. What was requeued since is
   * about to be told, what proved to be sent was.
   */
  private Future<RoaringBitmap> add(RoaringBitmap sum, FrozenAudience audience) {
    return pool.preparedQuery(
            """
            select l.state, l.subscribers
              from chunk c
              join ledger l on l.audience = c.audience and l.chunk = c.number
             where c.audience = $1
               and c.failed + c.suppressed + c.withdrawn + c.superseded > 0
               and (l.state = any($2) or l.reason = $3 or l.state = 'sent' and l.reason = $4)
             order by l.id
            """)
        .execute(Tuple.of(audience.id(), unsent(), Reason.REQUEUED.word(), Reason.UNKNOWN.word()))
        .map(rows -> {
          RoaringBitmap told = audience.members().clone();
          for (Row row : rows) {
            boolean unsent = UNSENT.contains(DeliveryState.of(row.getString("state")));
            for (Integer subscriber : row.getArrayOfIntegers("subscribers")) {
              if (unsent) {
                told.remove(subscriber);
              } else {
                told.add(subscriber);
              }
            }
          }
          sum.or(told);
          return sum;
        });
  }

  private static String[] unsent() {
    return UNSENT.stream().map(DeliveryState::word).toArray(String[]::new);
  }
}
