package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Control;

/**
 * Which audiences of one incident overtake which. Read after a claim, it is what the order of
 * updates rests on: whoever claims an older audience after a newer one was planned sees the newer
 * one here, and whoever claims the newer one sees who still holds a lease on the older.
 */
public final class Successions {
  private final Pool pool;

  /**
   * The place of one audience among those of its incident and channel.
   *
   * @param newer audiences of later updates, cancelled ones left out
   * @param older audiences of earlier updates that are not completed
   */
  public record Succession(Control control, List<Integer> newer, List<Integer> older) {}

  /**
   * An older delivery to somebody that has no final outcome.
   *
   * @param leased somebody may be sending it now
   * @param replay it is told again on purpose
   * @param due when it is tried, as far as is known
   */
  public record Open(
      int audience, int subscriber, boolean leased, boolean replay, @Nullable Instant due) {}

  public Successions(Pool pool) {
    this.pool = pool;
  }

  /** By audience. */
  public Future<Map<Integer, Succession>> of(Collection<Integer> audiences) {
    if (audiences.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return pool.preparedQuery(
            """
            select a.id, u.control, o.id other, v.sequence > u.sequence newer
              from audience a
              join incident_update u on u.id = a.update_id
              left join (incident_update v join audience o on o.update_id = v.id)
                on v.incident = u.incident and o.channel = a.channel and (
                  v.sequence > u.sequence and v.control <> 'cancelled'
                  or v.sequence < u.sequence and o.completed_at is null)
             where a.id = any($1)
            """)
        .execute(Tuple.of(audiences.stream().distinct().toArray(Integer[]::new)))
        .map(rows -> {
          Map<Integer, Succession> found = new HashMap<>();
          for (Row row : rows) {
            Succession succession =
                found.computeIfAbsent(
                    row.getInteger("id"),
                    id ->
                        new Succession(
                            Control.of(row.getString("control")).orElseThrow(),
                            new ArrayList<>(),
                            new ArrayList<>()));
            Integer other = row.getInteger("other");
            if (other != null) {
              (row.getBoolean("newer") ? succession.newer() : succession.older()).add(other);
            }
          }
          return found;
        });
  }

  /** Of these members of one audience, those whose delivery is open; parked ones left out. */
  public Future<List<Open>> open(FrozenAudience audience, Collection<Integer> subscribers) {
    if (subscribers.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    int[] ids = subscribers.stream().mapToInt(Integer::intValue).toArray();
    return pool.preparedQuery(
            """
            with member as (
              select * from unnest($2::int[], $3::int[]) as m (subscriber, chunk)),
            waiting as (
              select m.subscriber, m.chunk, c.leased and c.claimable_at > now() leased
                from member m join chunk c on c.audience = $1 and c.number = m.chunk
               where not c.done and c.parked_at is null),
            settled as (
              select unnest(subscribers) subscriber from ledger
               where audience = $1 and chunk in (select chunk from waiting))
            select subscriber, leased, false replay, null::timestamptz due_at from waiting w
             where not exists (select from settled s where s.subscriber = w.subscriber)
               and not exists (
                 select from retry r where r.audience = $1 and r.subscriber = w.subscriber)
            union all
            select subscriber, leased and due_at > now(), replay, due_at from retry
             where audience = $1 and subscriber = any($2) and parked_at is null
            """)
        .execute(
            Tuple.of(
                audience.id(),
                IntStream.of(ids).boxed().toArray(Integer[]::new),
                IntStream.of(ids).map(audience::chunkOf).boxed().toArray(Integer[]::new)))
        .map(rows -> {
          List<Open> open = new ArrayList<>();
          for (Row row : rows) {
            open.add(open(audience, row));
          }
          return open;
        });
  }

  private static Open open(FrozenAudience audience, Row row) {
    OffsetDateTime due = row.getOffsetDateTime("due_at");
    return new Open(
        audience.id(),
        row.getInteger("subscriber"),
        row.getBoolean("leased"),
        row.getBoolean("replay"),
        due == null ? null : due.toInstant());
  }
}
