package tocsin.delivery;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;
import tocsin.channel.webhook.Attempt;

/**
 * What some attempts in a row say of one endpoint. Pure.
 *
 * @param failures since the last success among them
 * @param failingSince the first of these; null if there are none
 * @param succeededAt the last success; null if there was none
 */
record HealthChange(
    int subscriber,
    int failures,
    @Nullable Instant failingSince,
    @Nullable Attempt lastFailure,
    @Nullable Instant succeededAt) {

  /** What an endpoint, or the way to it, is to blame for. */
  private static final Set<Reason> FAULTS =
      EnumSet.of(
          Reason.CONNECTION,
          Reason.TIMEOUT,
          Reason.UNKNOWN,
          Reason.UNAVAILABLE,
          Reason.THROTTLED,
          Reason.FORBIDDEN_TARGET);

  /** Of attempts in the order in which they happened, one for each endpoint that they speak of. */
  static Collection<HealthChange> of(List<Attempt> attempts) {
    Map<Integer, HealthChange> changes = new LinkedHashMap<>();
    for (Attempt attempt : attempts) {
      if (counts(attempt)) {
        int subscriber = attempt.message().id().subscriber();
        HealthChange before = changes.get(subscriber);
        changes.put(
            subscriber,
            (before == null ? new HealthChange(subscriber, 0, null, null, null) : before)
                .and(attempt));
      }
    }
    return changes.values();
  }

  boolean isFailing() {
    return failures > 0;
  }

  /** The last failure; there is one while it is failing. */
  Attempt last() {
    return Objects.requireNonNull(lastFailure, "failing");
  }

  private static boolean counts(Attempt attempt) {
    Reason reason = AttemptRow.reason(attempt.outcome());
    return reason == null || FAULTS.contains(reason);
  }

  private HealthChange and(Attempt attempt) {
    if (attempt.outcome() instanceof Outcome.Sent) {
      return new HealthChange(subscriber, 0, null, null, attempt.at());
    }
    return new HealthChange(
        subscriber,
        failures + 1,
        failingSince == null ? attempt.at() : failingSince,
        attempt,
        succeededAt);
  }
}
