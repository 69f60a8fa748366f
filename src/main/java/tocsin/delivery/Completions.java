package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;

/** What is still to be done, and what has just been finished. */
public final class Completions {
  private static final String FINISHED =
      """
      a.completed_at is null
        and not exists (select from chunk c where c.audience = a.id and not c.done)
        and not exists (select from retry r where r.audience = a.id)
      """;

  private static final String SIBLINGS =
      "(a.update_id, a.channel) in (select update_id, channel from audience where id = any($1))";

  private final Pool pool;

  /** An update of which nothing is pending any more on one channel. */
  public record Completed(
      String incident, int sequence, Channel channel, Instant acceptedAt, Account account) {}

  public Completions(Pool pool) {
    this.pool = pool;
  }

  /**
   * Notes what has been finished since the last call by any node: each is told once, and again when
   * it was requeued since. Cheap while nothing is: looks only at open audiences, by the indexes
   * {@code audience_open}, {@code chunk_claimable} and the key of {@code retry}.
   */
  public Future<List<Completed>> note() {
    return pool.query("select a.id from audience a where " + FINISHED)
        .execute()
        .compose(rows -> {
          if (rows.size() == 0) {
            return Future.succeededFuture(List.of());
          }
          Tuple finished =
              Tuple.of(
                  StreamSupport.stream(rows.spliterator(), false)
                      .map(row -> row.getInteger("id"))
                      .toArray(Integer[]::new));
          return pool.withTransaction(connection -> note(connection, finished));
        });
  }

  /**
   * Under locks on all audiences of the same updates and channels, so that one of several nodes
   * tells, and nothing is requeued meanwhile; what was requeued just before is not finished.
   */
  private static Future<List<Completed>> note(SqlConnection connection, Tuple finished) {
    return connection
        .preparedQuery(
            "select a.id from audience a where " + SIBLINGS + " order by a.id for update")
        .execute(finished)
        .compose(locked ->
            connection
                .preparedQuery(
                    "update audience a set completed_at = now() where a.id = any($1) and "
                        + FINISHED)
                .execute(finished))
        .compose(noted ->
            connection
                .preparedQuery(
                    "select u.incident, u.sequence, u.accepted_at, a.channel,"
                        + " sum(a.size)::int size, "
                        + Account.SUMS
                        + " from audience a join incident_update u on u.id = a.update_id "
                        + Account.CHUNKS
                        + " where "
                        + SIBLINGS
                        + " group by u.id, a.channel having bool_and(a.completed_at is not null)")
                .execute(finished))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Completions::of).toList());
  }

  private static Pending waiting(Row row) {
    Double oldest = row.getDouble("oldest");
    return new Pending(
        row.getLong("n"),
        row.getLong("parked"),
        oldest == null ? Duration.ZERO : Duration.ofMillis(Math.max(0, Math.round(oldest * 1000))));
  }

  private static Completed of(Row row) {
    return new Completed(
        row.getString("incident"),
        row.getInteger("sequence"),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getOffsetDateTime("accepted_at").toInstant(),
        Account.of(row));
  }

  /**
   * Deliveries without a final outcome.
   *
   * @param parked of them, those that wait until somebody requeues them
   * @param oldest how long ago the oldest update was accepted that is not held and that somebody
   *     was never tried to be told of; zero: there is none
   */
  public record Pending(long count, long parked, Duration oldest) {
    public static final Pending NONE = new Pending(0, 0, Duration.ZERO);
  }

  /**
   * What waits on every channel. Looks only at open audiences, by the index {@code audience_open}.
   */
  public Future<Map<Channel, Pending>> pending() {
    return pool.query(
            """
            select a.channel, sum(a.size - c.final)::bigint n,
                sum(c.parked + r.parked)::bigint parked,
                extract(epoch from now() - min(u.accepted_at) filter (
                  where u.control = 'running' and a.size > c.final + r.tried))::float8 oldest
              from audience a join incident_update u on u.id = a.update_id
             cross join lateral (
               select coalesce(sum(sent + failed + suppressed + withdrawn + superseded), 0) final,
                   coalesce(sum(size - settled) filter (where parked_at is not null), 0) parked
                 from chunk where audience = a.id) c
             cross join lateral (
               select count(*) filter (where attempts > 0) tried,
                   count(*) filter (where parked_at is not null) parked
                 from retry where audience = a.id) r
             where a.completed_at is null
             group by a.channel
            """)
        .execute()
        .map(rows -> {
          Map<Channel, Pending> pending = new EnumMap<>(Channel.class);
          for (Channel channel : Channel.values()) {
            pending.put(channel, Pending.NONE);
          }
          for (Row row : rows) {
            pending.put(Channel.of(row.getString("channel")).orElseThrow(), waiting(row));
          }
          return pending;
        });
  }
}
