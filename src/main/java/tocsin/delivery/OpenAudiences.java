package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.delivery.OpenAudience.OpenChunk;

/** Reads what is left to be told on a channel, but for what an operator holds up. */
public final class OpenAudiences {
  private static final int MOST = 1_000;

  private final Pool pool;

  /** The retries of one audience. */
  private record Left(Map<String, Integer> waiting, int deferred, @Nullable Instant lastDue) {
    static final Left NOTHING = new Left(Map.of(), 0, null);
  }

  public OpenAudiences(Pool pool) {
    this.pool = pool;
  }

  /** The first thousand by priority and age; uses the indexes audience_open, chunk_claimable. */
  public Future<List<OpenAudience>> of(Channel channel) {
    return Future.all(retries(channel), gone(channel))
        .compose(read ->
            pool.preparedQuery(
                    """
                    select a.id, a.update_id, a.priority,
                      array_agg(c.number order by c.number)
                        filter (where c.number is not null) as numbers,
                      array_agg(c.size - c.settled order by c.number)
                        filter (where c.number is not null) as lefts
                    from audience a
                    join incident_update u on u.id = a.update_id and u.control = 'running'
                    left join chunk c
                      on c.audience = a.id and not c.done and c.parked_at is null
                    where a.channel = $1 and a.completed_at is null
                    group by a.id order by a.priority, a.id limit $2
                    """)
                .execute(Tuple.of(channel.word(), MOST))
                .map(rows -> audiences(rows, read.resultAt(0), read.resultAt(1))));
  }

  /** By audience; uses the indexes chunk_claimable and ledger_chunk. */
  private Future<Map<Integer, RoaringBitmap>> gone(Channel channel) {
    return pool.preparedQuery(
            """
            with begun as (
              select c.audience, c.number from audience a
              join chunk c on c.audience = a.id
              where a.channel = $1 and a.completed_at is null
                and not c.done and c.settled > 0 and c.parked_at is null
              limit $2)
            select audience, array_agg(id) as ids from (
              select b.audience, s.id from begun b
              join ledger l on l.audience = b.audience and l.chunk = b.number
              cross join unnest(l.subscribers) s (id)
              union all
              select b.audience, r.subscriber from begun b
              join retry r on r.audience = b.audience and r.chunk = b.number) g
            group by audience
            """)
        .execute(Tuple.of(channel.word(), MOST))
        .map(rows -> {
          Map<Integer, RoaringBitmap> gone = new HashMap<>();
          for (Row row : rows) {
            RoaringBitmap ids = new RoaringBitmap();
            for (Integer id : row.getArrayOfIntegers("ids")) {
              ids.add(id);
            }
            gone.put(row.getInteger("audience"), ids);
          }
          return gone;
        });
  }

  private Future<Map<Integer, Left>> retries(Channel channel) {
    return pool.preparedQuery(
            """
            select audience,
              coalesce(sum(n) filter (where waits_for is null), 0)::int as deferred,
              max(due_at) filter (where waits_for is null) as last_due,
              array_agg(waits_for) filter (where waits_for is not null) as keys,
              array_agg(n::int) filter (where waits_for is not null) as counts
            from (
              select audience, waits_for, count(*) as n, max(due_at) as due_at
              from retry where channel = $1 and parked_at is null
              group by audience, waits_for) r
            group by audience
            """)
        .execute(Tuple.of(channel.word()))
        .map(rows -> {
          Map<Integer, Left> byAudience = new HashMap<>();
          for (Row row : rows) {
            byAudience.put(row.getInteger("audience"), left(row));
          }
          return byAudience;
        });
  }

  private static Left left(Row row) {
    Map<String, Integer> waiting = new HashMap<>();
    String[] keys = row.getArrayOfStrings("keys");
    if (keys != null) {
      Integer[] counts = row.getArrayOfIntegers("counts");
      for (int i = 0; i < keys.length; i++) {
        waiting.put(keys[i], counts[i]);
      }
    }
    OffsetDateTime lastDue = row.getOffsetDateTime("last_due");
    return new Left(
        waiting, row.getInteger("deferred"), lastDue == null ? null : lastDue.toInstant());
  }

  private static List<OpenAudience> audiences(
      RowSet<Row> rows, Map<Integer, Left> retries, Map<Integer, RoaringBitmap> gone) {
    List<OpenAudience> audiences = new ArrayList<>();
    for (Row row : rows) {
      Left left = retries.getOrDefault(row.getInteger("id"), Left.NOTHING);
      audiences.add(
          new OpenAudience(
              row.getInteger("id"),
              row.getInteger("update_id"),
              row.getInteger("priority"),
              chunks(row),
              gone.getOrDefault(row.getInteger("id"), new RoaringBitmap()),
              left.waiting(),
              left.deferred(),
              left.lastDue()));
    }
    return audiences;
  }

  private static List<OpenChunk> chunks(Row row) {
    List<OpenChunk> chunks = new ArrayList<>();
    Integer[] numbers = row.getArrayOfIntegers("numbers");
    if (numbers != null) {
      Integer[] lefts = row.getArrayOfIntegers("lefts");
      for (int i = 0; i < numbers.length; i++) {
        chunks.add(new OpenChunk(numbers[i], lefts[i]));
      }
    }
    return chunks;
  }
}
