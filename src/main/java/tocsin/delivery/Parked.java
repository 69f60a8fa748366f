package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;

/** What was taken out of work because it cost too many workers their lives. */
public final class Parked {
  /** The most chunks, and the most retries, that one call requeues. */
  private static final int MOST_AT_ONCE = 10_000;

  /** Of the incident that the first parameter names, or of all if it is null. */
  private static final String SELECTED =
      """
      parked_at is not null
        and ($1::text is null or audience in (
          select a.id from audience a join incident_update u on u.id = a.update_id
           where u.incident = $1))
      """;

  private final Pool pool;

  /**
   * What a call requeued.
   *
   * @param recipients in all of it
   * @param more whether anything that was meant is still parked
   */
  public record Report(int recipients, boolean more) {}

  public Parked(Pool pool) {
    this.pool = pool;
  }

  /**
   * Newest update first; the last one of the page before is given by its audience and number. Uses
   * the indexes {@code chunk_parked} and {@code retry_parked}.
   */
  public Future<List<ParkedChunk>> list(int beforeAudience, int beforeNumber, int limit) {
    return pool.preparedQuery(
            """
            select c.audience, c.number, c.channel, c.size, u.incident, u.sequence,
                sum(p.pending)::int pending, min(p.parked_at) parked_at
              from (
                select audience, number, size - settled pending, parked_at
                  from chunk where parked_at is not null
                union all
                select audience, chunk, 1, parked_at
                  from retry where parked_at is not null) p
              join chunk c on c.audience = p.audience and c.number = p.number
              join audience a on a.id = c.audience
              join incident_update u on u.id = a.update_id
             where (c.audience, c.number) < ($1, $2)
             group by c.audience, c.number, u.id
             order by c.audience desc, c.number desc limit $3
            """)
        .execute(Tuple.of(beforeAudience, beforeNumber, limit))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Parked::of).toList());
  }

  private static ParkedChunk of(Row row) {
    return new ParkedChunk(
        row.getInteger("audience"),
        row.getInteger("number"),
        row.getString("incident"),
        row.getInteger("sequence"),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getInteger("size"),
        row.getInteger("pending"),
        row.getOffsetDateTime("parked_at").toInstant());
  }

  /** Lets it be claimed at once, as if nothing had happened; of one incident, or null for all. */
  public Future<Report> requeue(@Nullable String incident) {
    return pool.withTransaction(connection -> requeue(connection, incident))
        .map(Objects::requireNonNull);
  }

  private static Future<Report> requeue(SqlConnection connection, @Nullable String incident) {
    return connection
        .preparedQuery(
            "with parked as (select audience, number from chunk where "
                + SELECTED
                + """
                 order by audience, number limit $2 for no key update
                ),
                chunks as (
                  update chunk c set parked_at = null, takeovers = 0, leased = false,
                      claimable_at = now()
                    from parked p where c.audience = p.audience and c.number = p.number
                  returning c.channel, c.size - c.settled pending
                ),
                stuck as (select audience, subscriber from retry where
                """
                + SELECTED
                + """
                 order by audience, subscriber limit $2 for update
                ),
                retries as (
                  update retry r set parked_at = null, takeovers = 0, leased = false, due_at = now()
                    from stuck s where r.audience = s.audience and r.subscriber = s.subscriber
                  returning r.channel, 1 pending
                ),
                freed as (select * from chunks union all select * from retries)
                select coalesce(sum(pending), 0)::int recipients,
                    coalesce(array_agg(distinct channel), '{}') channels
                  from freed
                """)
        .execute(Tuple.of(incident, MOST_AT_ONCE))
        .compose(rows -> {
          Row row = rows.iterator().next();
          return Reopening.announce(connection, row.getArrayOfStrings("channels"))
              .compose(announced -> anyLeft(connection, incident))
              .map(more -> new Report(row.getInteger("recipients"), more));
        });
  }

  private static Future<Boolean> anyLeft(SqlConnection connection, @Nullable String incident) {
    return connection
        .preparedQuery(
            "select exists (select from chunk where "
                + SELECTED
                + ") or exists (select from retry where "
                + SELECTED
                + ") more")
        .execute(Tuple.of(incident))
        .map(rows -> rows.iterator().next().getBoolean("more"));
  }
}
