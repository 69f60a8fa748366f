package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;
import tocsin.channel.http.UserAgent;

/** The log of attempts at endpoints, for reading: what failed and what was taken, as one list. */
public final class LoggedAttempts {
  /** The members of the runs of a week are read through: many at once, but seldom. */
  private static final String PAGE =
      """
      select e.*, b.content from (
        (select id, 0 member, audience, subscriber, at, took, outcome, reason, detail,
             request_headers, request_body, status, response_headers, response_body
           from attempt
          where subscriber = $1 and (at, id, 0) < ($2, $3, $4)
          order by at desc, id desc limit $5)
        union all
        (select r.id, m.member, r.audience, $1, t.at, r.took[m.member], 'sent', null, null,
             null, r.request_body, r.statuses[least(m.member, cardinality(r.statuses))],
             r.response_headers[least(m.member, cardinality(r.response_headers))],
             r.response_bodies[least(m.member, cardinality(r.response_bodies))]
           from attempt_run r
           cross join unnest(array_positions(r.subscribers, $1)) m (member)
           cross join lateral (select r.at + r.offsets[m.member] * interval '1 ms' as at) t
          where r.subscribers @> array[$1] and (t.at, r.id, m.member) < ($2, $3, $4)
          order by t.at desc, r.id desc, m.member desc limit $5)
        ) e left join attempt_body b on b.hash = e.request_body
       order by e.at desc, e.id desc, e.member desc limit $5
      """;

  private static final String ONE =
      """
      select e.*, b.content from (
        select id, 0 member, audience, subscriber, at, took, outcome, reason, detail,
            request_headers, request_body, status, response_headers, response_body
          from attempt where subscriber = $1 and id = $2 and $3 = 0
        union all
        select id, $3, audience, $1, at + offsets[$3] * interval '1 ms', took[$3], 'sent', null,
            null, null, request_body, statuses[least($3, cardinality(statuses))],
            response_headers[least($3, cardinality(response_headers))],
            response_bodies[least($3, cardinality(response_bodies))]
          from attempt_run where id = $2 and subscribers[$3] = $1
        ) e left join attempt_body b on b.hash = e.request_body
      """;

  private final Pool pool;

  public LoggedAttempts(Pool pool) {
    this.pool = pool;
  }

  /** Newest first. */
  public Future<List<LoggedAttempt>> page(int subscriber, AttemptCursor after, int limit) {
    return pool.preparedQuery(PAGE)
        .execute(
            Tuple.of(
                subscriber,
                after.at().atOffset(ZoneOffset.UTC),
                after.id().row(),
                after.id().member(),
                limit))
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false).map(LoggedAttempts::of).toList());
  }

  public Future<Optional<LoggedAttempt>> find(int subscriber, AttemptId id) {
    return pool.preparedQuery(ONE)
        .execute(Tuple.of(subscriber, id.row(), id.member()))
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false).map(LoggedAttempts::of).findFirst());
  }

  private static LoggedAttempt of(Row row) {
    AttemptId id = new AttemptId(row.getLong("id"), row.getInteger("member"));
    DeliveryId delivery = new DeliveryId(row.getInteger("audience"), row.getInteger("subscriber"));
    Instant at = row.getOffsetDateTime("at").toInstant();
    return new LoggedAttempt(
        id,
        delivery,
        at,
        Duration.of(row.getInteger("took"), ChronoUnit.MICROS),
        row.getString("outcome"),
        row.getString("reason"),
        row.getString("detail"),
        id.member() == 0 ? row.getString("request_headers") : headers(delivery, at),
        row.getString("content"),
        status(row),
        row.getString("response_headers"),
        row.getString("response_body"));
  }

  private static @Nullable Integer status(Row row) {
    Short status = row.getShort("status");
    return status == null ? null : status.intValue();
  }

  /** As they were sent, without the signature: which keys there were is not known any more. */
  private static String headers(DeliveryId delivery, Instant at) {
    return new JsonObject()
        .put("content-type", "application/json")
        .put("user-agent", UserAgent.VALUE)
        .put("webhook-id", delivery.toString())
        .put("webhook-timestamp", Long.toString(at.getEpochSecond()))
        .encode();
  }
}
