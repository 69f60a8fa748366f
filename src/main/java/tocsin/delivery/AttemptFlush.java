package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Reason;

/**
 * Writes some attempts and what they say of their endpoints, within one transaction.
 *
 * @param bodies those that may not be stored yet
 */
record AttemptFlush(AttemptBatch batch, Map<UUID, byte[]> bodies, QuarantineRule rule) {
  private static final String BODIES =
      """
      insert into attempt_body (hash, content)
      select * from unnest($1::uuid[], $2::text[]) as b (hash, content) order by hash
      on conflict (hash) do update set at = now()
       where attempt_body.at < now() - interval '12 hours'
      """;

  private static final String ATTEMPTS =
      """
      insert into attempt (request_body, subscriber, audience, at, took, outcome, reason, detail,
        request_headers, status, response_headers, response_body)
      select request_body, subscriber, audience, at, took, outcome, reason, detail,
          request_headers, status, response_headers, response_body
        from unnest($1::uuid[], $2::int[], $3::int[], $4::timestamptz[], $5::int[], $6::text[],
            $7::text[], $8::text[], $9::text[], $10::int[], $11::text[], $12::text[])
          as r (request_body, subscriber, audience, at, took, outcome, reason, detail,
            request_headers, status, response_headers, response_body)
      """;

  private static final String RECOVERED =
      """
      update endpoint_health h set failures = 0, failing_since = null, throttled_until = null,
          last_success_at = r.at
        from unnest($1::int[], $2::timestamptz[]) as r (subscriber, at)
       where h.subscriber = r.subscriber and h.failures > 0
      """;

  /**
   * A change with a success in it begins a new row of failures. Nobody is given up while no other
   * endpoint takes anything: it may be our own network that is down.
   */
  private static final String FAILED =
      """
      with failing as (
        insert into endpoint_health as h (subscriber, failures, failing_since, last_failure_at,
          last_failure, throttled_until, last_success_at)
        select f.* from unnest($1::int[], $2::int[], $3::timestamptz[], $4::timestamptz[],
            $5::text[], $6::timestamptz[], $7::timestamptz[])
            as f (subscriber, failures, failing_since, last_failure_at, last_failure,
              throttled_until, last_success_at)
         where exists (select from subscriber s where s.id = f.subscriber)
         order by f.subscriber
        on conflict (subscriber) do update set
          failures = excluded.failures
            + case when excluded.last_success_at is null then h.failures else 0 end,
          failing_since = case when excluded.last_success_at is null
            then coalesce(h.failing_since, excluded.failing_since) else excluded.failing_since end,
          last_failure_at = excluded.last_failure_at,
          last_failure = excluded.last_failure,
          throttled_until = excluded.throttled_until,
          last_success_at = coalesce(excluded.last_success_at, h.last_success_at)
        returning subscriber, failures, failing_since, last_failure_at)
      update subscriber s set standing = 'quarantined', standing_at = now(),
          changed = pg_current_xact_id()
        from failing f
       where s.id = f.subscriber and s.standing = 'active' and f.failures >= $8
         and f.last_failure_at - f.failing_since >= $9 * interval '1 ms'
         and exists (
           select from attempt_run r
            where r.at >= f.failing_since
              and exists (
                select from unnest(r.subscribers) m (subscriber)
                 where m.subscriber <> f.subscriber))
      """;

  /** How many endpoints were quarantined. */
  Future<Integer> write(SqlConnection connection) {
    return writeBodies(connection)
        .compose(written -> writeRuns(connection))
        .compose(written -> writeRows(connection))
        .compose(written -> recovered(connection, batch.well()))
        .compose(written -> failed(connection, batch.failing()));
  }

  private Future<Void> writeRuns(SqlConnection connection) {
    return batch.runs().isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(AttemptRun.INSERT)
            .executeBatch(batch.runs().stream().map(AttemptRun::parameters).toList())
            .mapEmpty();
  }

  private Future<Void> writeRows(SqlConnection connection) {
    return batch.rows().isEmpty()
        ? Future.succeededFuture()
        : connection.preparedQuery(ATTEMPTS).execute(attempts(batch.rows())).mapEmpty();
  }

  private Future<Void> writeBodies(SqlConnection connection) {
    return bodies.isEmpty()
        ? Future.succeededFuture()
        : connection
            .preparedQuery(BODIES)
            .execute(
                Tuple.from(
                    List.of(
                        bodies.keySet().toArray(UUID[]::new),
                        bodies.values().stream()
                            .map(body ->
                                new String(body, StandardCharsets.UTF_8).replace('\0', '\uFFFD'))
                            .toArray(String[]::new))))
            .mapEmpty();
  }

  private static Tuple attempts(List<AttemptRow> rows) {
    Tuple parameters =
        Tuple.from(new Object[] {rows.stream().map(AttemptRow::bodyHash).toArray(UUID[]::new)});
    new Columns<>(parameters, rows)
        .integers(AttemptRow::subscriber)
        .integers(AttemptRow::audience)
        .times(AttemptRow::at)
        .integers(row -> Math.toIntExact(row.took().toNanos() / 1_000))
        .strings(AttemptRow::outcome)
        .strings(AttemptRow::reasonWord)
        .strings(AttemptRow::detail)
        .strings(AttemptRow::requestHeaders);
    parameters.addValue(rows.stream().map(AttemptRow::status).toArray(Integer[]::new));
    new Columns<>(parameters, rows)
        .strings(AttemptRow::responseHeaders)
        .strings(AttemptRow::responseBody);
    return parameters;
  }

  private static Future<Void> recovered(SqlConnection connection, List<HealthChange> well) {
    if (well.isEmpty()) {
      return Future.succeededFuture();
    }
    Tuple parameters = Tuple.tuple();
    new Columns<>(parameters, well)
        .integers(HealthChange::subscriber)
        .times(HealthChange::succeededAt);
    return connection.preparedQuery(RECOVERED).execute(parameters).mapEmpty();
  }

  private Future<Integer> failed(SqlConnection connection, List<HealthChange> failing) {
    if (failing.isEmpty()) {
      return Future.succeededFuture(0);
    }
    Tuple parameters = Tuple.tuple();
    new Columns<>(parameters, failing)
        .integers(HealthChange::subscriber)
        .integers(HealthChange::failures)
        .times(HealthChange::failingSince)
        .times(change -> change.last().at())
        .strings(AttemptFlush::lastFailure)
        .times(change -> AttemptRow.throttledUntil(change.last()))
        .times(HealthChange::succeededAt);
    parameters.addInteger(rule.failures()).addDouble((double) rule.failing().toMillis());
    return connection.preparedQuery(FAILED).execute(parameters).map(rows -> rows.rowCount());
  }

  private static @Nullable String lastFailure(HealthChange change) {
    Reason reason = AttemptRow.reason(change.last().outcome());
    return reason == null ? null : reason.word();
  }
}
