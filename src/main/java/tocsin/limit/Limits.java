package tocsin.limit;

import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rates as data: read and changed through the API, announced to every node. */
public final class Limits {
  /** Where a change is announced; the table is the truth. */
  public static final String TOPIC = "tocsin_limit";

  private final Pool pool;

  public Limits(Pool pool) {
    this.pool = pool;
  }

  public Future<Map<String, Rate>> all() {
    // prepared, so that the interval comes in binary: the client reads the fraction of the text
    // wrong
    return pool.preparedQuery("select key, permits, per from rate_limit")
        .execute()
        .map(rows -> {
          Map<String, Rate> rates = new TreeMap<>();
          for (Row row : rows) {
            rates.put(row.getString("key"), rate(row));
          }
          return rates;
        });
  }

  public Future<Optional<Rate>> get(String key) {
    return pool.preparedQuery("select permits, per from rate_limit where key = $1")
        .execute(Tuple.of(key))
        .map(rows ->
            rows.size() == 0 ? Optional.empty() : Optional.of(rate(rows.iterator().next())));
  }

  /** The key must be {@linkplain LimitKey#isValid valid}. */
  public Future<Void> put(String key, Rate rate) {
    return changed(
        key,
        pool.preparedQuery(
                """
                insert into rate_limit (key, permits, per) values ($1, $2, $3)
                on conflict (key) do update set permits = excluded.permits, per = excluded.per
                """)
            .execute(Tuple.of(key, rate.permits(), interval(rate.per()))));
  }

  /** Sets those of a family that have no limit yet, nor their family a default. */
  public Future<Void> propose(Map<String, Rate> rates) {
    Future<Void> proposed = Future.succeededFuture();
    for (Map.Entry<String, Rate> each : rates.entrySet()) {
      String key = each.getKey();
      proposed =
          proposed.compose(before ->
              pool.preparedQuery(
                      """
                      insert into rate_limit (key, permits, per)
                      select $1, $2, $3 where not exists (select from rate_limit where key = $4)
                      on conflict (key) do nothing
                      """)
                  .execute(
                      Tuple.of(
                          key,
                          each.getValue().permits(),
                          interval(each.getValue().per()),
                          LimitKey.fallback(key)))
                  .mapEmpty());
    }
    return proposed;
  }

  /** Lifts the limit; false if there was none. */
  public Future<Boolean> delete(String key) {
    return pool.preparedQuery("delete from rate_limit where key = $1")
        .execute(Tuple.of(key))
        .compose(rows -> changed(key, Future.succeededFuture(rows)).map(rows.rowCount() > 0));
  }

  private <T> Future<Void> changed(String key, Future<T> change) {
    return change
        .compose(done ->
            pool.preparedQuery(
                    """
                    with noted as (
                      insert into rate_limit_change (channel, at)
                      values (split_part($2, ':', 1), now())
                      on conflict (channel) do update set at = excluded.at)
                    select pg_notify($1, '')
                    """)
                .execute(Tuple.of(TOPIC, key)))
        .mapEmpty();
  }

  private static Interval interval(Duration per) {
    return new Interval()
        .days((int) per.toDays())
        .hours(per.toHoursPart())
        .minutes(per.toMinutesPart())
        .seconds(per.toSecondsPart())
        .microseconds(per.toNanosPart() / 1_000);
  }

  private static Rate rate(Row row) {
    Interval per = row.get(Interval.class, "per");
    return new Rate(
        row.getInteger("permits"),
        Duration.ofDays(per.getDays())
            .plusHours(per.getHours())
            .plusMinutes(per.getMinutes())
            .plusSeconds(per.getSeconds())
            .plusNanos(per.getMicroseconds() * 1_000L));
  }
}
