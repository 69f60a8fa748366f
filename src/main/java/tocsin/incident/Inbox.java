package tocsin.incident;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accepts updates: durable when the future completes, once per source and idempotency key, in
 * sequence per incident. A refused submission leaves nothing behind; its future fails with a {@link
 * ProblemException}.
 */
public final class Inbox {
  /** Where a new update is announced; the payload is empty, the table is the truth. */
  public static final String TOPIC = "tocsin_update";

  private static final Origin REHEARSAL = new Origin("dry-run", null, new byte[] {0});
  private static final String UNIQUE_VIOLATION = "23505";

  private final Pool pool;

  /**
   * The answer to a submission.
   *
   * @param replayed true: it was accepted before, and nothing happened now
   */
  public record Accepted(Update update, boolean replayed) {}

  public Inbox(Pool pool) {
    this.pool = pool;
  }

  /** Opens an incident with its first update. An id that is taken is a conflict. */
  public Future<Accepted> open(String id, String title, Submission first, Origin origin) {
    return once(first, "update.", origin, connection -> open(connection, id, title, first, origin));
  }

  /** Adds an update to an incident. */
  public Future<Accepted> accept(String incident, Submission next, Origin origin) {
    return once(next, "", origin, connection -> accept(connection, incident, next, origin));
  }

  /**
   * What {@link #open} would accept now, or the problem that it would have; nothing of it stays but
   * a number that is not used again.
   */
  public Future<Update> rehearseOpening(String id, String title, Submission first) {
    return rehearse(first, "update.", connection -> open(connection, id, title, first, REHEARSAL));
  }

  /** As {@link #rehearseOpening}, of {@link #accept}. */
  public Future<Update> rehearse(String incident, Submission next) {
    return rehearse(next, "", connection -> accept(connection, incident, next, REHEARSAL));
  }

  private Future<Update> rehearse(Submission submission, String path, Acceptance acceptance) {
    return pool.withConnection(connection ->
            connection
                .begin()
                .compose(transaction ->
                    named(connection, submission, path + "affects")
                        .compose(named -> acceptance.in(connection))
                        .eventually(() -> transaction.rollback().otherwiseEmpty())))
        .map(Objects::requireNonNull);
  }

  private static Future<Update> open(
      SqlConnection connection, String id, String title, Submission first, Origin origin) {
    return insertIncident(connection, id, title, first)
        .compose(incident -> UpdateWriter.append(connection, incident, first, "update.", origin));
  }

  private static Future<Update> accept(
      SqlConnection connection, String incident, Submission next, Origin origin) {
    return Incidents.lock(connection, incident)
        .compose(present -> UpdateWriter.append(connection, present, next, "", origin));
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
                : pool.withTransaction(connection ->
                        named(connection, submission, path + "affects")
                            .compose(named -> acceptance.in(connection)))
                    .map(update -> new Accepted(Objects.requireNonNull(update), false))
                    .recover(failure -> afterRace(failure, origin)));
  }

  /** What the submission names is there, and stays until the transaction ends. */
  private static Future<Void> named(
      SqlConnection transaction, Submission submission, String field) {
    List<Scope> affects = submission.affects();
    if (affects == null) {
      return Future.succeededFuture();
    }
    return Catalogue.hold(transaction)
        .compose(held -> Catalogue.names(transaction))
        .map(names -> names.unknown(affects, field))
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

  /**
   * Two requests with one key at once: the loser waited for the winner, ran into what the winner
   * wrote, and answers as the winner did.
   */
  private Future<Accepted> afterRace(Throwable failure, Origin origin) {
    boolean lost =
        failure instanceof ProblemException
            || (failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState()));
    return lost
        ? replay(origin)
            .compose(replayed ->
                replayed == null ? Future.failedFuture(failure) : Future.succeededFuture(replayed))
        : Future.failedFuture(failure);
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
}
