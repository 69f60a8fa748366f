package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** Which subscribers share a mail domain or a host for which there is a limit. */
public final class LimitedSubscribers {
  private static final String ANY = "*";

  /** Of the places without a limit of their own, where there is one for each of them. */
  private static final int MOST_OTHERS = 100;

  private final Pool pool;

  public LimitedSubscribers(Pool pool) {
    this.pool = pool;
  }

  /**
   * The present subscribers under each of the limits, by its key. A key that ends in {@code *}
   * stands for the hundred largest domains or hosts that are not among the others. Reads the
   * addresses of the whole channel.
   */
  public Future<Map<String, RoaringBitmap>> of(Channel channel, Collection<String> keys) {
    if (keys.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    String family = family(channel);
    String[] places =
        keys.stream()
            .map(key -> key.substring(family.length()))
            .filter(place -> !place.equals(ANY))
            .toArray(String[]::new);
    int others = keys.contains(family + ANY) ? MOST_OTHERS : 0;
    return pool.preparedQuery(
            """
            with place as (
              select id, substring(address_key from $2::text) as name from subscriber
              where channel = $1 and standing not in ('unsubscribed', 'deleted'))
            select name, array_agg(id) as ids from place
            where name = any($3::text[]) group by name
            union all
            (select name, array_agg(id) as ids from place
            where name <> all($3::text[]) group by name order by count(*) desc limit $4::int)
            """)
        .execute(Tuple.of(channel.word(), pattern(channel), places, others))
        .map(rows -> sets(family, rows));
  }

  /** Whether a limit is one of a domain or host of the channel. */
  public static boolean isOfAPlace(Channel channel, String key) {
    return channel != Channel.SMS && key.startsWith(family(channel));
  }

  private static Map<String, RoaringBitmap> sets(String family, RowSet<Row> rows) {
    Map<String, RoaringBitmap> sets = new HashMap<>();
    for (Row row : rows) {
      RoaringBitmap ids = new RoaringBitmap();
      for (Integer id : row.getArrayOfIntegers("ids")) {
        ids.add(id);
      }
      sets.put(family + row.getString("name"), ids);
    }
    return sets;
  }

  private static String family(Channel channel) {
    return switch (channel) {
      case EMAIL -> "email:domain:";
      case SMS -> "sms:sender:";
      case WEBHOOK -> "webhook:host:";
    };
  }

  /** What of an address is its domain or host. */
  private static String pattern(Channel channel) {
    return switch (channel) {
      case EMAIL -> "@([^@]*)$";
      case SMS -> "$^";
      case WEBHOOK -> "^[a-z]+://(\\[[^]]*\\]|[^/:?#]+)";
    };
  }
}
