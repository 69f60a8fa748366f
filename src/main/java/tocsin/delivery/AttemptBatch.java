package tocsin.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Dialect;
import tocsin.channel.Outcome;
import tocsin.channel.http.Exchange;
import tocsin.channel.webhook.Attempt;

/**
 * Some attempts as they are written: one by one those that failed, in runs those that were taken.
 * Pure, but for the cache of hashes.
 *
 * @param bodies of requests, by their hashes
 * @param changes of endpoints that fail, or did
 */
record AttemptBatch(
    List<AttemptRow> rows,
    Collection<AttemptRun> runs,
    Map<UUID, byte[]> bodies,
    List<HealthChange> changes) {

  /**
   * Of attempts in the order in which they ended.
   *
   * @param failing which endpoints may be failing
   */
  static AttemptBatch of(List<Attempt> attempts, BodyHashes hashes, IntPredicate failing) {
    List<AttemptRow> rows = new ArrayList<>();
    Map<AttemptRun.Kind, AttemptRun> runs = new LinkedHashMap<>();
    Map<UUID, byte[]> bodies = new HashMap<>();
    List<Attempt> telling = new ArrayList<>();
    for (Attempt attempt : attempts) {
      Exchange.Answered answer = attempt.answer();
      if (answer != null && attempt.outcome() instanceof Outcome.Sent) {
        UUID hash = sharedBody(attempt, hashes, bodies);
        runs.computeIfAbsent(
                new AttemptRun.Kind(attempt.message().id().audience(), hash), AttemptRun::new)
            .add(attempt, answer);
        if (failing.test(attempt.message().id().subscriber())) {
          telling.add(attempt);
        }
      } else {
        rows.add(AttemptRow.of(attempt, body(attempt, hashes, bodies)));
        telling.add(attempt);
      }
    }
    return new AttemptBatch(rows, runs.values(), bodies, List.copyOf(HealthChange.of(telling)));
  }

  List<HealthChange> failing() {
    return changes.stream().filter(HealthChange::isFailing).toList();
  }

  List<HealthChange> well() {
    return changes.stream().filter(change -> !change.isFailing()).toList();
  }

  /** Null for one that names a way to unsubscribe and so is each recipient's own. */
  private static @Nullable UUID sharedBody(
      Attempt attempt, BodyHashes hashes, Map<UUID, byte[]> bodies) {
    return attempt.message().dialect() == Dialect.STATUSPAGE ? null : body(attempt, hashes, bodies);
  }

  private static UUID body(Attempt attempt, BodyHashes hashes, Map<UUID, byte[]> bodies) {
    byte[] body = attempt.message().body();
    UUID hash = hashes.of(body);
    bodies.putIfAbsent(hash, body);
    return hash;
  }
}
