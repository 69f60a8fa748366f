package tocsin.delivery;

import io.vertx.core.Future;
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
import tocsin.delivery.EndpointHealth.State;

/** How endpoints do, for reading. */
public final class Endpoints {
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
                  select r.at
                      + r.offsets[array_position(r.subscribers, s.id)] * interval '1 ms'
                    from attempt_run r where r.subscribers @> array[s.id]
                   order by r.at desc limit 1
                )) last_success_at
              from subscriber s left join endpoint_health h on h.subscriber = s.id
             where s.id = $1 and s.channel = 'webhook'
               and s.standing in ('active', 'quarantined', 'disabled')
            """)
        .execute(Tuple.of(subscriber))
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false).map(Endpoints::health).findFirst());
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

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
