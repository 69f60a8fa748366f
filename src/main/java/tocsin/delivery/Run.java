package tocsin.delivery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.channel.Reason;

/** Settlements that came to the same and become one row of the ledger. */
final class Run {
  private final DeliveryState state;
  private final int attempts;
  private final @Nullable Reason reason;
  private final List<Settlement> settlements = new ArrayList<>();
  private boolean uniform = true;

  /** Empty as yet; of the kind of this one. */
  Run(Settlement kind) {
    state = kind.state();
    attempts = kind.attempts();
    reason = kind.reason();
  }

  boolean takes(Settlement settlement) {
    return settlement.state() == state
        && settlement.attempts() == attempts
        && settlement.reason() == reason;
  }

  void add(Settlement settlement) {
    uniform =
        uniform
            && (settlements.isEmpty()
                || settlement.detail().equals(settlements.getFirst().detail()));
    settlements.add(settlement);
  }

  DeliveryState state() {
    return state;
  }

  int attempts() {
    return attempts;
  }

  @Nullable String reasonWord() {
    return reason == null ? null : reason.word();
  }

  List<Settlement> settlements() {
    return settlements;
  }

  /** Those whose words are kept: all, or the first when all have the same. */
  List<Settlement> detailed() {
    return uniform ? settlements.subList(0, 1) : settlements;
  }
}
