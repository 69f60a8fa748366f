package tocsin.limit;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The slots of all nodes on one database: a row per limit that says when its next slot is. One
 * statement moves the rows of all limits that a node asks for, locking them in the order of their
 * keys, so that nodes never wait for each other in a circle.
 *
 * <p>Time is the database's. If its clock is set back, the next slot is where one message could
 * have moved it at most from the clock's new time, so that nobody waits for the old time to come
 * again; the same rule lets a raised rate take effect at once. A slot may begin up to half the
 * slack ago: what the round trips cost is then no loss of slots.
 */
public final class Slots implements SlotSource {
  private static final long ANSWER_LIMIT_SECONDS = 5;

  /** After so many new rows those that nobody needs are looked for, and twice as many deleted. */
  private static final int ROWS_BETWEEN_SWEEPS = 1_000;

  private final Pool pool;
  private int created = ROWS_BETWEEN_SWEEPS;

  public Slots(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<List<Grant>> reserve(List<Want> wants) {
    List<Want> inOrder = wants.stream().sorted(Comparator.comparing(Want::key)).toList();
    return pool.preparedQuery(
            """
            with wanted as (
              select * from unnest($1::text[], $2::integer[], $3::integer[], $4::integer[],
                  $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
                as w (key, largest, least, most, spacing, slack, gap, reach)),
            held as materialized (
              select w.*, s.largest as known, s.next_at
                from rate_limit_slot s join wanted w using (key) order by s.key for update of s),
            timed as materialized (select *, clock_timestamp() as now from held),
            begun as (
              select *, now + $9 * interval '1 microsecond' as horizon,
                greatest(
                  least(next_at, now + ($9 + reach / 1000) * interval '1 microsecond'),
                  now - slack / 2000 * interval '1 microsecond')
                + case when known < largest then gap else 0 end / 1000 * interval '1 microsecond' as at
                from timed),
            granted as (
              select *, case when known > largest or at > horizon then 0
                else greatest(least, least(most,
                  1 + floor(extract(epoch from horizon - at) * 1000000000 / spacing))) end::integer as count
                from begun),
            moved as (
              update rate_limit_slot s
                 set next_at = at + ceil(count * spacing / 1000.0)::bigint * interval '1 microsecond',
                     largest = greatest(known, g.largest)
                from granted g
               where s.key = g.key and g.known <= g.largest
                 and (g.count > 0 or g.at <> g.next_at or g.known < g.largest))
            select key, greatest(known, largest) as largest, count,
                (extract(epoch from at) * 1000000)::bigint as at,
                (extract(epoch from now) * 1000000)::bigint as now
              from granted
            """)
        .execute(arguments(inOrder))
        .compose(rows -> {
          Map<String, Row> byKey = new HashMap<>();
          rows.forEach(row -> byKey.put(row.getString("key"), row));
          return create(inOrder.stream().filter(want -> !byKey.containsKey(want.key())).toList())
              .map(grants(inOrder, byKey));
        })
        .timeout(ANSWER_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static Tuple arguments(List<Want> wants) {
    return Tuple.tuple()
        .addArrayOfString(keys(wants))
        .addArrayOfInteger(largest(wants))
        .addArrayOfInteger(wants.stream().map(Want::least).toArray(Integer[]::new))
        .addArrayOfInteger(wants.stream().map(Want::most).toArray(Integer[]::new))
        .addArrayOfLong(longs(wants, Spacing::interval))
        .addArrayOfLong(longs(wants, Spacing::slack))
        .addArrayOfLong(longs(wants, Spacing::gap))
        .addArrayOfLong(longs(wants, Spacing::reach))
        .addLong(TimeUnit.NANOSECONDS.toMicros(HORIZON.toNanos()));
  }

  private static String[] keys(List<Want> wants) {
    return wants.stream().map(Want::key).toArray(String[]::new);
  }

  private static Integer[] largest(List<Want> wants) {
    return wants.stream().map(want -> want.spacing().largest()).toArray(Integer[]::new);
  }

  private static Long[] longs(List<Want> wants, ToLongFunction<Spacing> value) {
    return wants.stream().map(want -> value.applyAsLong(want.spacing())).toArray(Long[]::new);
  }

  private static List<Grant> grants(List<Want> wants, Map<String, Row> byKey) {
    List<Grant> grants = new ArrayList<>();
    for (Want want : wants) {
      Row row = byKey.get(want.key());
      if (row != null) {
        grants.add(
            new Grant(
                want,
                row.getInteger("largest"),
                row.getInteger("count"),
                TimeUnit.MICROSECONDS.toNanos(row.getLong("at")),
                TimeUnit.MICROSECONDS.toNanos(row.getLong("now"))));
      }
    }
    return grants;
  }

  /** Gives these keys a row each, from which slots can be had the next time. */
  private Future<Void> create(List<Want> missing) {
    if (missing.isEmpty()) {
      return Future.succeededFuture();
    }
    return pool.preparedQuery(
            """
            insert into rate_limit_slot (key, next_at, largest)
            select key, statement_timestamp() - interval '1 h', largest
              from unnest($1::text[], $2::integer[]) as w (key, largest) order by key
            on conflict (key) do nothing
            """)
        .execute(Tuple.tuple().addArrayOfString(keys(missing)).addArrayOfInteger(largest(missing)))
        .compose(done -> sweep(missing.size()));
  }

  /**
   * A row whose next slot is long gone says nothing that a new one would not. Those of SMS senders
   * stay: they also know the largest message, and they are few.
   */
  private synchronized Future<Void> sweep(int more) {
    created += more;
    if (created < ROWS_BETWEEN_SWEEPS) {
      return Future.succeededFuture();
    }
    created = 0;
    return pool.preparedQuery(
            """
            delete from rate_limit_slot where key in (
              select key from rate_limit_slot
               where next_at < now() - interval '1 day' and key not like 'sms:%'
               order by key limit $1 for update skip locked)
            """)
        .execute(Tuple.of(2 * ROWS_BETWEEN_SWEEPS))
        .mapEmpty();
  }
}
