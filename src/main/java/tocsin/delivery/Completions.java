package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;

/** What is still to be done, and what has just been finished. */
public final class Completions {
  private final Pool pool;

  /** An audience of which nothing is pending any more. */
  public record Completed(
      String incident, int sequence, Channel channel, Instant acceptedAt, Account account) {}

  public Completions(Pool pool) {
    this.pool = pool;
  }

  /** Notes what has been finished since the last call by any node: each audience is told once. */
  public Future<List<Completed>> note() {
    return pool.query(
            """
            with finished as (
              update audience a set completed_at = now()
               where a.completed_at is null
                 and not exists (select from chunk c where c.audience = a.id and not c.done)
                 and not exists (select from retry r where r.audience = a.id)
              returning a.id, a.update_id, a.channel, a.size)
            select u.incident, u.sequence, u.accepted_at, f.channel, f.size,
            """
                + Account.SUMS
                + """
                  from finished f join incident_update u on u.id = f.update_id
                  left join chunk c on c.audience = f.id
                 group by u.id, f.id, f.channel, f.size
                """)
        .execute()
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Completions::of).toList());
  }

  private static Completed of(Row row) {
    return new Completed(
        row.getString("incident"),
        row.getInteger("sequence"),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getOffsetDateTime("accepted_at").toInstant(),
        Account.of(row));
  }

  /** Deliveries without a final outcome, by channel; a channel with none has zero. */
  public Future<Map<Channel, Long>> pending() {
    return pool.query(
            """
            select channel, sum(n)::bigint n from (
              select channel, size - settled n from chunk where not done
              union all
              select channel, 1 from retry) open
             group by channel
            """)
        .execute()
        .map(rows -> {
          Map<Channel, Long> pending = new EnumMap<>(Channel.class);
          for (Channel channel : Channel.values()) {
            pending.put(channel, 0L);
          }
          for (Row row : rows) {
            pending.put(Channel.of(row.getString("channel")).orElseThrow(), row.getLong("n"));
          }
          return pending;
        });
  }
}
