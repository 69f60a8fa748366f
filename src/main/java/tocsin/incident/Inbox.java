package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;

/**
 * Accepts updates: durable when the future completes, once per source and idempotency key, in
 * sequence per incident. A refused submission leaves nothing behind; its future fails with a {@link
 * ProblemException}.
 */
public final class Inbox {
  /** Where a new update is announced; the payload is empty, the table is the truth. */
  public static final String TOPIC = "tocsin_update";

  private static final String UNIQUE_VIOLATION = "23505";

  private final Pool pool;
  private final Catalogue catalogue;

  /**
   * The answer to a submission.
   *
   * @param replayed true: it was accepted before, and nothing happened now
   */
  public record Accepted(Update update, boolean replayed) {}

  public Inbox(Pool pool, Catalogue catalogue) {
    this.pool = pool;
    this.catalogue = catalogue;
  }

  /** Opens an incident with its first update. An id that is taken is a conflict. */
  public Future<Accepted> open(String id, String title, Submission first, Origin origin) {
    return once(
        first,
        "update.",
        origin,
        connection ->
            insertIncident(connection, id, title, first)
                .compose(incident -> append(connection, incident, first, "update.", origin)));
  }

  /** Adds an update to an incident. */
  public Future<Accepted> accept(String incident, Submission next, Origin origin) {
    return once(
        next,
        "",
        origin,
        connection ->
            Incidents.lock(connection, incident)
                .compose(present -> append(connection, present, next, "", origin)));
  }

  private interface Acceptance {
    Future<Update> in(SqlConnection connection);
  }

  private Future<Accepted> once(
      Submission submission, String path, Origin origin, Acceptance acceptance) {
    return replay(origin)
        .compose(replayed ->
            replayed != null
                ? Future.succeededFuture(replayed)
                : checked(submission, path)
                    .compose(ok -> pool.withTransaction(acceptance::in))
                    .map(update -> new Accepted(Objects.requireNonNull(update), false))
                    .recover(failure -> afterRace(failure, origin)));
  }

  private Future<Void> checked(Submission submission, String path) {
    List<Scope> affects = submission.affects();
    if (affects == null) {
      return Future.succeededFuture();
    }
    return catalogue
        .unknown(affects, path + "affects")
        .compose(errors ->
            errors.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.validation(errors).exception()));
  }

  /** The answer given to the same key before; a null result means there is none. */
  private Future<@Nullable Accepted> replay(Origin origin) {
    String key = origin.idempotencyKey();
    if (key == null) {
      return Future.succeededFuture(null);
    }
    return pool.preparedQuery(
            Updates.SELECT
                + ", fingerprint from "
                + Updates.FROM
                + " where source = $1 and idempotency_key = $2")
        .execute(Tuple.of(origin.source(), key))
        .compose(rows -> {
          if (rows.size() == 0) {
            return Future.succeededFuture(null);
          }
          Row row = rows.iterator().next();
          return Arrays.equals(row.getBuffer("fingerprint").getBytes(), origin.fingerprint())
              ? Future.succeededFuture(new Accepted(Updates.of(row), true))
              : Future.failedFuture(
                  Problem.conflict("this Idempotency-Key was used for a different request")
                      .exception());
        });
  }

  /** Two requests with one key at once: the loser answers as the winner did. */
  private Future<Accepted> afterRace(Throwable failure, Origin origin) {
    if (failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState())) {
      return replay(origin)
          .compose(replayed ->
              replayed == null ? Future.failedFuture(failure) : Future.succeededFuture(replayed));
    }
    return Future.failedFuture(failure);
  }

  private static Future<Incident> insertIncident(
      SqlConnection connection, String id, String title, Submission first) {
    return connection
        .preparedQuery(
            """
            insert into incident (id, title, kind, status, impact, last_sequence)
            values ($1, $2, $3, $4, 'none', 0)
            on conflict (id) do nothing
            returning id, title, kind, status, impact, last_sequence, created_at
            """)
        .execute(Tuple.of(id, title, first.status().kind().word(), first.status().word()))
        .compose(rows ->
            rows.size() == 0
                ? Future.failedFuture(
                    Problem.conflict("there is an incident " + id + " already").exception())
                : Future.succeededFuture(Incidents.of(rows.iterator().next())));
  }

  private static Future<Update> append(
      SqlConnection connection, Incident incident, Submission next, String path, Origin origin) {
    Optional<Problem> objection = Lifecycle.objection(incident, next, path);
    if (objection.isPresent()) {
      return Future.failedFuture(objection.get().exception());
    }
    return scopeAndImpact(connection, incident, next, path)
        .compose(inherited -> insertUpdate(connection, incident, next, inherited, origin))
        .compose(rows -> {
          Update update = Updates.of(rows.iterator().next());
          return connection
              .preparedQuery(
                  """
                  update incident set status = $2, impact = $3, last_sequence = $4 where id = $1
                  """)
              .execute(
                  Tuple.of(
                      incident.id(),
                      update.status().word(),
                      update.impact().word(),
                      update.sequence()))
              .compose(done ->
                  connection.preparedQuery("select pg_notify($1, '')").execute(Tuple.of(TOPIC)))
              .map(update);
        });
  }

  private record Inherited(JsonArray affects, String impact) {}

  /** What the submission leaves out is as the update before it said. */
  private static Future<Inherited> scopeAndImpact(
      SqlConnection connection, Incident incident, Submission next, String path) {
    Impact impact = next.impact();
    if (next.affects() != null && (impact != null || incident.lastSequence() == 0)) {
      return Future.succeededFuture(
          new Inherited(
              UpdateJson.affects(next.affects()), (impact == null ? Impact.MINOR : impact).word()));
    }
    if (incident.lastSequence() == 0) {
      return Future.failedFuture(
          Problem.validation(
                  List.of(
                      new FieldError(
                          path + "affects",
                          "the first update says what is affected; [{}] means everything")))
              .exception());
    }
    return connection
        .preparedQuery(
            "select affects, impact from incident_update where incident = $1 and sequence = $2")
        .execute(Tuple.of(incident.id(), incident.lastSequence()))
        .map(rows -> {
          Row last = rows.iterator().next();
          return new Inherited(
              next.affects() == null
                  ? last.getJsonArray("affects")
                  : UpdateJson.affects(next.affects()),
              impact == null ? last.getString("impact") : impact.word());
        });
  }

  private static Future<RowSet<Row>> insertUpdate(
      SqlConnection connection,
      Incident incident,
      Submission next,
      Inherited inherited,
      Origin origin) {
    Update.Window window = next.window();
    return connection
        .preparedQuery(
            """
            with u as (
              insert into incident_update (incident, sequence, status, impact, body, affects,
                next_update_by, window_from, window_until, notify, source, idempotency_key, fingerprint)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
              returning *)
            """
                + Updates.SELECT
                + " from u join incident i on i.id = u.incident")
        .execute(
            Tuple.from(
                Arrays.asList(
                    incident.id(),
                    incident.lastSequence() + 1,
                    next.status().word(),
                    inherited.impact(),
                    UpdateJson.body(next.body()),
                    inherited.affects(),
                    timestamp(next.nextUpdateBy()),
                    window == null ? null : timestamp(window.from()),
                    window == null ? null : timestamp(window.until()),
                    next.notifies(),
                    origin.source(),
                    origin.idempotencyKey(),
                    Buffer.buffer(origin.fingerprint()))));
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
