package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;

/**
 * Who was sent something lately. The frozen sets tell who may have been; the ledger is asked only
 * of these.
 */
public final class RecentSends {
  private final Pool pool;
  private final FrozenAudiences audiences;

  public RecentSends(Pool pool, FrozenAudiences audiences) {
    this.pool = pool;
    this.audiences = audiences;
  }

  /**
   * When they were sent to within the window, latest first; only of those who were sent to at least
   * so often.
   */
  public Future<Map<Integer, List<Instant>>> of(
      Channel channel, Collection<Integer> subscribers, Duration window, int atLeast) {
    return pool.preparedQuery(
            """
            select id from audience
             where channel = $1
               and (completed_at is null or completed_at > now() - $2 * interval '1 ms')
            """)
        .execute(Tuple.of(channel.word(), (double) window.toMillis()))
        .compose(rows ->
            audiences.load(
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getInteger("id"))
                    .toList()))
        .compose(recent -> {
          Integer[] suspects =
              subscribers.stream()
                  .filter(id -> audiencesOf(id, recent.values()) >= atLeast)
                  .toArray(Integer[]::new);
          return suspects.length == 0
              ? Future.succeededFuture(Map.of())
              : sends(recent.values(), suspects, window);
        })
        .map(sends -> {
          Map<Integer, List<Instant>> often = new HashMap<>(sends);
          often.values().removeIf(times -> times.size() < atLeast);
          return often;
        });
  }

  private static long audiencesOf(int subscriber, Collection<FrozenAudience> recent) {
    return recent.stream().filter(audience -> audience.members().contains(subscriber)).count();
  }

  private Future<Map<Integer, List<Instant>>> sends(
      Collection<FrozenAudience> recent, Integer[] subscribers, Duration window) {
    List<Integer> ids = new ArrayList<>();
    List<Integer> chunks = new ArrayList<>();
    for (FrozenAudience audience : recent) {
      Arrays.stream(subscribers)
          .filter(audience.members()::contains)
          .map(audience::chunkOf)
          .distinct()
          .forEach(chunk -> {
            ids.add(audience.id());
            chunks.add(chunk);
          });
    }
    return pool.preparedQuery(
            """
            select s.subscriber, l.at
              from unnest($1::int[], $2::int[]) as w (audience, chunk)
              join ledger l on l.audience = w.audience and l.chunk = w.chunk
             cross join unnest(l.subscribers) as s (subscriber)
             where l.state = 'sent' and l.at > now() - $4 * interval '1 ms'
               and s.subscriber = any($3)
             order by l.at desc
            """)
        .execute(
            Tuple.of(
                ids.toArray(Integer[]::new),
                chunks.toArray(Integer[]::new),
                subscribers,
                (double) window.toMillis()))
        .map(rows -> {
          Map<Integer, List<Instant>> sends = new HashMap<>();
          for (Row row : rows) {
            sends
                .computeIfAbsent(row.getInteger("subscriber"), id -> new ArrayList<>())
                .add(row.getOffsetDateTime("at").toInstant());
          }
          return sends;
        });
  }
}
