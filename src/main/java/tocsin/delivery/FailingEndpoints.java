package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which endpoints fail, as far as this node knows, so that the success of any other costs nothing.
 * Where another node saw one fail, what this one sent to it meanwhile is looked up in the log. One
 * event loop's own.
 */
final class FailingEndpoints {
  static final Duration EVERY = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(FailingEndpoints.class);
  private static final int MOST = 100_000;

  private static final String RECOVERED =
      """
      update endpoint_health h set failures = 0, failing_since = null, throttled_until = null,
          last_success_at = r.at
        from (
          select m.subscriber, max(a.at + m.later * interval '1 ms') as at
            from attempt_run a cross join unnest(a.subscribers, a.offsets) m (subscriber, later)
           where a.at > now() - interval '5 min' and m.subscriber = any($1)
           group by m.subscriber) r
       where h.subscriber = r.subscriber and h.failures > 0 and h.last_failure_at < r.at
      """;

  private final Pool pool;
  private Set<Integer> known = new HashSet<>();

  /** Seen first at the last look: a success may still have been under way. */
  private Set<Integer> fresh = Set.of();

  private boolean any = true;

  /** Before the first look anyone may fail. */
  FailingEndpoints(Pool pool) {
    this.pool = pool;
  }

  boolean has(int subscriber) {
    return any || known.contains(subscriber);
  }

  /** As written by this node. */
  void changed(Collection<HealthChange> changes) {
    for (HealthChange change : changes) {
      if (change.isFailing()) {
        known.add(change.subscriber());
      } else {
        known.remove(change.subscriber());
      }
    }
  }

  /** Looks at what all nodes wrote. */
  Future<Void> look() {
    return pool.preparedQuery(
            "select subscriber from endpoint_health where failures > 0 limit " + (MOST + 1))
        .execute()
        .compose(rows ->
            seen(
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getInteger(0))
                    .collect(Collectors.toCollection(HashSet::new))))
        .onFailure(e -> log.warn("endpoints.not_read retrying=true", e));
  }

  private Future<Void> seen(Set<Integer> failing) {
    Set<Integer> unknown = new HashSet<>(failing);
    unknown.removeAll(known);
    Set<Integer> suspects = new HashSet<>(unknown);
    fresh.stream().filter(failing::contains).forEach(suspects::add);
    boolean first = any && known.isEmpty();
    any = failing.size() > MOST;
    known = any ? new HashSet<>() : failing;
    fresh = any || first ? Set.of() : unknown;
    return any || first || suspects.isEmpty()
        ? Future.succeededFuture()
        : pool.preparedQuery(RECOVERED)
            .execute(Tuple.from(new Object[] {suspects.toArray(Integer[]::new)}))
            .mapEmpty();
  }
}
