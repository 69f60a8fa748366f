package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;
import tocsin.delivery.EndpointHealth.State;

/** How endpoints do, and what was tried at them, for reading. */
public final class Endpoints {
  private static final String ATTEMPT =
      """
      select a.id, a.audience, a.subscriber, a.at, a.took, a.outcome, a.reason, a.detail,
          a.request_headers, b.content, a.status, a.response_headers, a.response_body
        from attempt a left join attempt_body b on b.hash = a.request_body
      """;

  private final Pool pool;

  public Endpoints(Pool pool) {
    this.pool = pool;
  }

  /** Empty for who is no endpoint, or has left. */
  public Future<Optional<EndpointHealth>> health(int subscriber) {
    return pool.preparedQuery(
            """
            select s.standing, s.standing_at, coalesce(h.failures, 0) failures, h.failing_since,
                h.last_failure_at, h.last_failure,
                case when h.throttled_until > now() then h.throttled_until end throttled_until,
                greatest(h.last_success_at, (
                  select max(at) from attempt where subscriber = s.id and outcome = 'sent'
                )) last_success_at
              from subscriber s left join endpoint_health h on h.subscriber = s.id
             where s.id = $1 and s.channel = 'webhook'
               and s.standing in ('active', 'quarantined', 'disabled')
            """)
        .execute(Tuple.of(subscriber))
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false).map(Endpoints::health).findFirst());
  }

  /** Newest first; {@code before} is the last one of the page before. */
  public Future<List<LoggedAttempt>> attempts(int subscriber, long before, int limit) {
    return pool.preparedQuery(
            ATTEMPT + " where a.subscriber = $1 and a.id < $2 order by a.id desc limit $3")
        .execute(Tuple.of(subscriber, before, limit))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Endpoints::of).toList());
  }

  public Future<Optional<LoggedAttempt>> attempt(int subscriber, long id) {
    return attempts(subscriber, id + 1, 1)
        .map(found -> found.stream().filter(attempt -> attempt.id() == id).findFirst());
  }

  /** How many do not do well; uses the indexes subscriber_not_active, endpoint_health_throttled. */
  public Future<Map<State, Long>> ailing() {
    return pool.query(
            """
            select standing state, count(*) n from subscriber
             where channel = 'webhook' and standing in ('quarantined', 'disabled')
               and standing <> 'active'
             group by standing
            union all
            select 'throttled', count(*) from endpoint_health where throttled_until > now()
            """)
        .execute()
        .map(rows -> {
          Map<State, Long> counts = new EnumMap<>(State.class);
          for (State state : List.of(State.THROTTLED, State.QUARANTINED, State.DISABLED)) {
            counts.put(state, 0L);
          }
          for (Row row : rows) {
            counts.put(State.of(row.getString("state")).orElseThrow(), row.getLong("n"));
          }
          return counts;
        });
  }

  private static EndpointHealth health(Row row) {
    State state = State.of(row.getString("standing")).orElseThrow();
    Instant throttledUntil = instant(row.getOffsetDateTime("throttled_until"));
    Instant failingSince = instant(row.getOffsetDateTime("failing_since"));
    boolean throttled = state == State.ACTIVE && throttledUntil != null;
    return new EndpointHealth(
        throttled ? State.THROTTLED : state,
        state == State.ACTIVE ? failingSince : instant(row.getOffsetDateTime("standing_at")),
        row.getInteger("failures"),
        instant(row.getOffsetDateTime("last_success_at")),
        instant(row.getOffsetDateTime("last_failure_at")),
        row.getString("last_failure"),
        throttled ? throttledUntil : null);
  }

  private static LoggedAttempt of(Row row) {
    return new LoggedAttempt(
        row.getLong("id"),
        new DeliveryId(row.getInteger("audience"), row.getInteger("subscriber")),
        row.getOffsetDateTime("at").toInstant(),
        row.get(Interval.class, "took").toDuration(),
        row.getString("outcome"),
        row.getString("reason"),
        row.getString("detail"),
        row.getString("request_headers"),
        row.getString("content"),
        row.getInteger("status"),
        row.getString("response_headers"),
        row.getString("response_body"));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
