package tocsin.audience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The next state of the index in the making; the state it starts from stays as it is. */
final class AudienceChange {
  private static final long MOST_CACHED_CHARACTERS = 2_000_000;

  private final Cache<IndexedFilter, List<Subscription>> filters =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CACHED_CHARACTERS)
          .weigher((IndexedFilter filter, List<Subscription> narrowed) -> filter.weight())
          .executor(Runnable::run)
          .build();

  private AudienceSets sets;
  private long rows;

  AudienceChange(AudienceSets before) {
    this.sets = before;
  }

  /** Takes a page of {@link AudienceRows}. */
  void apply(RowSet<Row> page) {
    if (page.size() == 0) {
      return;
    }
    if (rows == 0) {
      sets = sets.copy();
    }
    rows += page.size();
    var changed = new RoaringBitmap();
    page.forEach(row -> changed.add(row.getInteger("id")));
    sets.removeAll(changed);
    for (Row row : page) {
      if (row.getBoolean("present")) {
        sets.add(
            row.getInteger("id"),
            Channel.of(row.getString("channel")).orElseThrow(),
            CustomerPriority.of(row.getString("priority")).orElseThrow(),
            filters.get(filter(row), IndexedFilter::narrowed));
      }
    }
  }

  AudienceSets sets() {
    return sets;
  }

  long rows() {
    return rows;
  }

  private static IndexedFilter filter(Row row) {
    return new IndexedFilter(
        row.getString("subscriptions"),
        list(row.getArrayOfStrings("regions")),
        list(row.getArrayOfStrings("segments")));
  }

  private static @Nullable List<String> list(String @Nullable [] names) {
    return names == null ? null : List.of(names);
  }
}
