package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.OptionalDouble;
import tocsin.audience.Channel;

/** How fast a channel has been of late. */
public final class Throughputs {
  private final Pool pool;

  public Throughputs(Pool pool) {
    this.pool = pool;
  }

  /**
   * Deliveries per second over all nodes: the best of the last five audiences of more than a
   * thousand that were accepted since the channel's limits were changed, each by the better of its
   * average and its busiest seconds, so that a tail that waits for a slow domain does not count.
   * Empty where there is none.
   */
  public Future<OptionalDouble> of(Channel channel) {
    return pool.preparedQuery(
            """
            with recent as (
              select a.id from audience a join incident_update u on u.id = a.update_id
              where a.channel = $1 and a.size > 1000 and a.completed_at is not null
                and u.accepted_at > coalesce(
                  (select max(at) from rate_limit_change where channel = $1), '-infinity')
              order by a.id desc limit 5),
            second as (
              select l.audience, min(l.at) as first_at, max(l.at) as last_at,
                sum(cardinality(l.subscribers)) as n
              from ledger l join recent r on r.id = l.audience
              where l.state = 'sent'
              group by l.audience, date_trunc('second', l.at)),
            pace as (
              select percentile_disc(0.9) within group (order by n)::float8 as busiest,
                sum(n)::float8
                  / nullif(extract(epoch from max(last_at) - min(first_at)), 0)::float8 as average
              from second group by audience having sum(n) > 1000)
            select max(greatest(busiest, average)) as best from pace
            """)
        .execute(Tuple.of(channel.word()))
        .map(rows -> {
          Double best = rows.iterator().next().getDouble("best");
          return best == null ? OptionalDouble.empty() : OptionalDouble.of(best);
        });
  }
}
