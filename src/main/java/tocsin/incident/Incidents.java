package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What was accepted, for reading. */
public final class Incidents {
  private static final String SELECT =
      "select id, title, kind, status, impact, last_sequence, created_at from incident";

  private final Pool pool;

  public Incidents(Pool pool) {
    this.pool = pool;
  }

  /** Fails with a not-found problem. */
  public Future<Incident> find(String id) {
    return one(pool, id, "");
  }

  /** As {@link #find}, and nobody else changes the incident until the transaction ends. */
  static Future<Incident> lock(SqlConnection connection, String id) {
    return one(connection, id, " for update");
  }

  private static Future<Incident> one(SqlClient client, String id, String suffix) {
    return client
        .preparedQuery(SELECT + " where id = $1" + suffix)
        .execute(Tuple.of(id))
        .compose(rows ->
            rows.size() == 0
                ? Future.failedFuture(Problem.notFound("there is no incident " + id).exception())
                : Future.succeededFuture(of(rows.iterator().next())));
  }

  /** Newest first by creation, then by id; {@code afterId} is the last one of the page before. */
  public Future<List<Incident>> list(int limit, @Nullable String afterId) {
    return pool.preparedQuery(
            SELECT
                + """
                 where $2::text is null
                   or (created_at, id) < (select created_at, id from incident where id = $2)
                order by created_at desc, id desc limit $1
                """)
        .execute(Tuple.of(limit, afterId))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Incidents::of).toList());
  }

  /** In sequence. Empty for an unknown incident. */
  public Future<List<Update>> updates(String incident) {
    return pool.preparedQuery(
            Updates.SELECT + " from " + Updates.FROM + " where u.incident = $1 order by u.sequence")
        .execute(Tuple.of(incident))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Updates::of).toList());
  }

  /** Fails with a not-found problem. */
  public Future<Update> update(String incident, int sequence) {
    return pool.preparedQuery(
            Updates.SELECT + " from " + Updates.FROM + " where u.incident = $1 and u.sequence = $2")
        .execute(Tuple.of(incident, sequence))
        .compose(rows ->
            rows.size() == 0
                ? Future.failedFuture(
                    Problem.notFound("there is no update " + sequence + " of incident " + incident)
                        .exception())
                : Future.succeededFuture(Updates.of(rows.iterator().next())));
  }

  static Incident of(Row row) {
    return new Incident(
        row.getString("id"),
        row.getString("title"),
        "maintenance".equals(row.getString("kind")) ? Kind.MAINTENANCE : Kind.INCIDENT,
        Status.of(row.getString("status")).orElseThrow(),
        Impact.of(row.getString("impact")).orElseThrow(),
        row.getInteger("last_sequence"),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
