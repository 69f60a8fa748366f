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
import tocsin.channel.Reason;

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
    @Nullable AttemptRow lastFailure,
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

  /** Of rows in the order in which they happened, one for each endpoint that they speak of. */
  static Collection<HealthChange> of(List<AttemptRow> rows) {
    Map<Integer, HealthChange> changes = new LinkedHashMap<>();
    for (AttemptRow row : rows) {
      if (row.isSent() || FAULTS.contains(row.reason())) {
        HealthChange before =
            changes.getOrDefault(
                row.subscriber(), new HealthChange(row.subscriber(), 0, null, null, null));
        changes.put(row.subscriber(), before.and(row));
      }
    }
    return changes.values();
  }

  boolean isFailing() {
    return failures > 0;
  }

  /** The last failure; there is one while it is failing. */
  AttemptRow last() {
    return Objects.requireNonNull(lastFailure, "failing");
  }

  private HealthChange and(AttemptRow row) {
    if (row.isSent()) {
      return new HealthChange(subscriber, 0, null, null, row.at());
    }
    return new HealthChange(
        subscriber, failures + 1, failingSince == null ? row.at() : failingSince, row, succeededAt);
  }
}
