package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;

/** Writes the next update of an incident that nobody else changes meanwhile. */
final class UpdateWriter {
  private UpdateWriter() {}

  /**
   * Fails with a problem where the update may not come next.
   *
   * @param connection in a transaction that holds the incident's row
   * @param path of the submission in the request, empty or ending in a dot
   */
  static Future<Update> append(
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
                  connection
                      .preparedQuery("select pg_notify($1, '')")
                      .execute(Tuple.of(Inbox.TOPIC)))
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
                next_update_by, window_from, window_until, notify, source, idempotency_key, fingerprint,
                trace)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
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
                    Buffer.buffer(origin.fingerprint()),
                    origin.trace())));
  }

  private static @Nullable OffsetDateTime timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
