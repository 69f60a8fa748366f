package tocsin.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.incident.Updates;

/**
 * Reads frozen audiences; keeps recent ones, at most about 64 MB of them and none for longer than
 * an hour: by then each node has forgotten what retention deleted.
 */
public final class FrozenAudiences {
  private static final long MOST_BYTES = 64L << 20;
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final String SELECT =
      Updates.SELECT
          + ", a.id audience, a.channel, a.priority, a.chunk_size, a.members from audience a"
          + " join incident_update u on u.id = a.update_id join incident i on i.id = u.incident ";

  private final Pool pool;
  private final Cache<Integer, FrozenAudience> recent =
      Caffeine.newBuilder()
          .expireAfterWrite(LONGEST)
          .maximumWeight(MOST_BYTES)
          .<Integer, FrozenAudience>weigher(
              (id, audience) -> (int) Math.min(MOST_BYTES, audience.members().getLongSizeInBytes()))
          .build();

  public FrozenAudiences(Pool pool) {
    this.pool = pool;
  }

  /** By id; an unknown id is missing in the answer. */
  public Future<Map<Integer, FrozenAudience>> load(Collection<Integer> ids) {
    Map<Integer, FrozenAudience> found = new HashMap<>(recent.getAllPresent(ids));
    Integer[] missing =
        ids.stream().filter(id -> !found.containsKey(id)).distinct().toArray(Integer[]::new);
    if (missing.length == 0) {
      return Future.succeededFuture(found);
    }
    return pool.preparedQuery(SELECT + "where a.id = any($1)")
        .execute(Tuple.of(missing))
        .map(rows -> {
          for (Row row : rows) {
            FrozenAudience audience = keep(row);
            found.put(audience.id(), audience);
          }
          return found;
        });
  }

  public Future<Optional<FrozenAudience>> load(int id) {
    return load(List.of(id)).map(found -> Optional.ofNullable(found.get(id)));
  }

  /** All channels of one update, by id. */
  public Future<List<FrozenAudience>> ofUpdate(int updateId) {
    return read("where a.update_id = $1 order by a.id", Tuple.of(updateId));
  }

  /** All audiences of one channel of an incident's updates, oldest first. */
  public Future<List<FrozenAudience>> ofIncident(String incident, Channel channel) {
    return read(
        "where u.incident = $1 and a.channel = $2 order by a.id",
        Tuple.of(incident, channel.word()));
  }

  /** The newest audiences of a channel with an id below the given one. */
  Future<List<FrozenAudience>> newestBelow(int id, Channel channel, int limit) {
    return read(
        "where a.id < $1 and a.channel = $2 order by a.id desc limit $3",
        Tuple.of(id, channel.word(), limit));
  }

  private Future<List<FrozenAudience>> read(String where, Tuple parameters) {
    return pool.preparedQuery(SELECT + where)
        .execute(parameters)
        .map(rows -> {
          List<FrozenAudience> audiences = new ArrayList<>();
          for (Row row : rows) {
            audiences.add(keep(row));
          }
          return audiences;
        });
  }

  private FrozenAudience keep(Row row) {
    RoaringBitmap members = new RoaringBitmap();
    try {
      members.deserialize(ByteBuffer.wrap(row.getBuffer("members").getBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("audience " + row.getInteger("audience") + " is damaged", e);
    }
    FrozenAudience audience =
        new FrozenAudience(
            row.getInteger("audience"),
            Updates.of(row),
            Channel.of(row.getString("channel")).orElseThrow(),
            row.getInteger("priority"),
            row.getInteger("chunk_size"),
            members);
    recent.put(audience.id(), audience);
    return audience;
  }
}
