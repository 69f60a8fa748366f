package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.BatchIterator;
import org.roaringbitmap.RoaringBitmap;

/** How many of a set of subscribers read which language. */
public final class LocaleCounts {
  private static final int PAGE = 50_000;

  private final Pool pool;

  public LocaleCounts(Pool pool) {
    this.pool = pool;
  }

  /** By language tag. */
  public Future<Map<String, Integer>> of(RoaringBitmap subscribers) {
    return next(subscribers.getBatchIterator(), new int[PAGE], new TreeMap<>());
  }

  private Future<Map<String, Integer>> next(
      BatchIterator pages, int[] page, Map<String, Integer> counts) {
    if (!pages.hasNext()) {
      return Future.succeededFuture(counts);
    }
    int size = pages.nextBatch(page);
    Integer[] ids = Arrays.stream(page, 0, size).boxed().toArray(Integer[]::new);
    return pool.preparedQuery(
            "select locale, count(*)::int as n from subscriber where id = any($1) group by locale")
        .execute(Tuple.of(ids))
        .compose(rows -> {
          for (Row row : rows) {
            counts.merge(row.getString("locale"), row.getInteger("n"), Integer::sum);
          }
          return next(pages, page, counts);
        });
  }
}
