package tocsin.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one batch settles under one claim of a chunk: counters, and a run for each ledger row. */
final class Tally {
  private final Claim claim;
  private final List<Run> runs = new ArrayList<>();
  private final List<Settlement> deferred = new ArrayList<>();
  private final List<Settlement> fallen = new ArrayList<>();
  private int settled;
  private @Nullable Instant firstSentAt;
  private @Nullable Instant lastSentAt;

  Tally(Claim claim) {
    this.claim = claim;
  }

  void add(Settlement settlement) {
    settled++;
    if (settlement.state() == DeliveryState.SENT) {
      sent(settlement.at());
    } else if (settlement.state() == DeliveryState.DEFERRED) {
      deferred.add(settlement);
    }
    if (settlement.standing() != null) {
      fallen.add(settlement);
    }
    if (settlement.isOutcome()) {
      runOf(settlement).add(settlement);
    }
  }

  private void sent(Instant at) {
    if (firstSentAt == null || at.isBefore(firstSentAt)) {
      firstSentAt = at;
    }
    if (lastSentAt == null || at.isAfter(lastSentAt)) {
      lastSentAt = at;
    }
  }

  /** A batch has few kinds of outcome for one chunk. */
  private Run runOf(Settlement settlement) {
    for (Run run : runs) {
      if (run.takes(settlement)) {
        return run;
      }
    }
    Run run = new Run(settlement);
    runs.add(run);
    return run;
  }

  Claim claim() {
    return claim;
  }

  int settled() {
    return settled;
  }

  /** Of a final state: all of them are on record. */
  int count(DeliveryState state) {
    return runs.stream()
        .filter(run -> run.state() == state)
        .mapToInt(run -> run.settlements().size())
        .sum();
  }

  @Nullable Instant firstSentAt() {
    return firstSentAt;
  }

  @Nullable Instant lastSentAt() {
    return lastSentAt;
  }

  List<Run> runs() {
    return runs;
  }

  List<Settlement> deferred() {
    return deferred;
  }

  /** Those whose standing changes. */
  List<Settlement> fallen() {
    return fallen;
  }
}
