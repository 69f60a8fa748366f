package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Channel;
import tocsin.incident.Status;
import tocsin.incident.Update;
import tocsin.incident.Updates;

/**
 * Turns an accepted update into frozen audiences and chunks, all in one transaction: after a crash
 * it is planned wholly or not at all. One node plans an update, the others skip it.
 */
public final class Plans {
  /** Where new chunks are announced; the payload is the channel's word. */
  public static final String TOPIC = "tocsin_chunk";

  /**
   * Bounds what a lane holds in memory and one flush touches; a million recipients are 2,000 rows.
   */
  public static final int CHUNK_SIZE = 500;

  private final Pool pool;
  private final Duration gather;

  /**
   * What is told on one channel in one class of priority.
   *
   * @param priority 0 to 11, 0 goes first
   */
  public record Part(Channel channel, int priority, RoaringBitmap members) {}

  /** What the planner decided about an update. */
  public sealed interface Plan {
    record Fanout(List<Part> parts) implements Plan {}

    /** Not sent to anybody; an operator must act. */
    record Park(String reason) implements Plan {}
  }

  /**
   * @param gather how long an update waits for the next of its incident
   */
  public Plans(Pool pool, Duration gather) {
    this.pool = pool;
    this.gather = gather;
  }

  /**
   * Plans the oldest update that waits, those of one incident in order; empty if none does, or if
   * all are still waiting for a next one.
   */
  public Future<Optional<Update>> next(Function<Update, Future<Plan>> planner) {
    return pool.withTransaction(connection -> next(connection, planner, gather))
        .map(Objects::requireNonNull);
  }

  private static Future<Optional<Update>> next(
      SqlConnection connection, Function<Update, Future<Plan>> planner, Duration gather) {
    return connection
        .preparedQuery(
            Updates.SELECT
                + " from "
                + Updates.FROM
                + """
                 where u.planned_at is null and u.parked is null
                    and not exists (
                      select from incident_update e
                       where e.incident = u.incident and e.id < u.id
                         and e.planned_at is null and e.parked is null)
                    and (u.accepted_at <= now() - $1 * interval '1 ms'
                      or u.sequence < i.last_sequence)
                order by u.id limit 1 for update of u skip locked
                """)
        .execute(Tuple.of((double) gather.toMillis()))
        .compose(rows -> {
          if (rows.size() == 0) {
            return Future.succeededFuture(Optional.empty());
          }
          Update update = Updates.of(rows.iterator().next());
          return planner
              .apply(update)
              .compose(plan -> write(connection, update, plan))
              .map(Optional.of(update));
        });
  }

  private static Future<Void> write(SqlConnection connection, Update update, Plan plan) {
    return switch (plan) {
      case Plan.Park(String reason) ->
          connection
              .preparedQuery("update incident_update set parked = $2 where id = $1")
              .execute(Tuple.of(update.id(), reason))
              .mapEmpty();
      case Plan.Fanout(List<Part> parts) -> {
        Future<Void> written = Future.succeededFuture();
        for (Part part : parts) {
          written = written.compose(done -> freeze(connection, update, part));
        }
        yield written
            .compose(done ->
                connection
                    .preparedQuery("update incident_update set planned_at = now() where id = $1")
                    .execute(Tuple.of(update.id())))
            .mapEmpty();
      }
    };
  }

  /** Older updates that wait for a retry are about to be superseded: not only when it is due. */
  private static Future<Void> hasten(SqlConnection connection, Update update, Channel channel) {
    return connection
        .preparedQuery(
            """
            update retry r set due_at = now()
              from audience a
              join incident_update u on u.id = a.update_id, subscriber s
             where r.audience = a.id and not r.leased and r.due_at > now() and s.id = r.subscriber
               and s.updates = 'latest' and a.channel = $3 and a.completed_at is null
               and u.incident = $1 and u.sequence < $2 and u.status <> all($4)
            """)
        .execute(
            Tuple.of(
                update.incident(),
                update.sequence(),
                channel.word(),
                Arrays.stream(Status.values())
                    .filter(Status::closes)
                    .map(Status::word)
                    .toArray(String[]::new)))
        .mapEmpty();
  }

  private static Future<Void> freeze(SqlConnection connection, Update update, Part part) {
    RoaringBitmap members = part.members();
    Channel channel = part.channel();
    members.runOptimize();
    ByteBuffer bytes = ByteBuffer.allocate(members.serializedSizeInBytes());
    members.serialize(bytes);
    int size = members.getCardinality();
    return connection
        .preparedQuery(
            """
            insert into audience (update_id, channel, priority, size, members, chunk_size)
            values ($1, $2, $3, $4, $5, $6) returning id
            """)
        .execute(
            Tuple.of(
                update.id(),
                channel.word(),
                part.priority(),
                size,
                Buffer.buffer(bytes.array()),
                CHUNK_SIZE))
        .compose(rows -> {
          Row row = rows.iterator().next();
          return connection
              .preparedQuery(
                  """
                  insert into chunk (audience, number, channel, size)
                  select $1, n, $2, least($4, $3 - n * $4)
                    from generate_series(0, ($3 - 1) / $4) n
                   where $3 > 0
                  """)
              .execute(Tuple.of(row.getInteger("id"), channel.word(), size, CHUNK_SIZE));
        })
        .compose(done -> hasten(connection, update, channel))
        .compose(done ->
            connection
                .preparedQuery("select pg_notify($1, $2)")
                .execute(Tuple.of(TOPIC, channel.word())))
        .mapEmpty();
  }
}
