package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log of attempts short: a week, of what failed the last hundred of each endpoint, of
 * what was taken so many runs in all.
 */
final class AttemptTrim {
  static final int KEPT = 100;
  static final Duration EVERY = Duration.ofMinutes(10);
  private static final Logger log = LoggerFactory.getLogger(AttemptTrim.class);
  static final int RUNS_KEPT = 20_000;
  private static final int EXCESS = 25;
  private static final int MOST_COUNTED = 100_000;

  private final Pool pool;
  private final Map<Integer, Integer> written = new HashMap<>();

  AttemptTrim(Pool pool) {
    this.pool = pool;
  }

  /** Shortens the log of those that were written of often since it last was. */
  Future<Void> counted(List<AttemptRow> rows) {
    if (written.size() > MOST_COUNTED) {
      written.clear();
    }
    rows.forEach(row -> written.merge(row.subscriber(), 1, Integer::sum));
    Integer[] talkative =
        rows.stream()
            .map(AttemptRow::subscriber)
            .distinct()
            .filter(id -> written.getOrDefault(id, 0) >= EXCESS)
            .toArray(Integer[]::new);
    if (talkative.length == 0) {
      return Future.succeededFuture();
    }
    for (Integer id : talkative) {
      written.remove(id);
    }
    return ended(
        pool.preparedQuery(
                """
                delete from attempt a using unnest($1::int[]) as s (id)
                 where a.subscriber = s.id and a.id <= (
                   select id from attempt where subscriber = s.id
                    order by id desc offset $2 limit 1)
                """)
            .execute(Tuple.from(List.of(talkative, KEPT)))
            .mapEmpty());
  }

  /** A body is kept as long as any attempt may speak of it. */
  Future<Void> old() {
    return ended(
        pool.query("delete from attempt where at < now() - interval '7 days'")
            .execute()
            .compose(gone ->
                pool.preparedQuery(
                        """
                        delete from attempt_run
                         where at < now() - interval '7 days' or id <= (
                           select id from attempt_run order by id desc offset $1 limit 1)
                        """)
                    .execute(Tuple.of(RUNS_KEPT)))
            .compose(gone ->
                pool.query("delete from attempt_body where at < now() - interval '9 days'")
                    .execute())
            .mapEmpty());
  }

  private static Future<Void> ended(Future<Void> trimmed) {
    return trimmed.onFailure(e -> log.warn("attempts.not_trimmed retrying=true", e));
  }
}
