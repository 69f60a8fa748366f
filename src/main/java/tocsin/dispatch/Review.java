package tocsin.dispatch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tocsin.audience.Standing;
import tocsin.delivery.DeliveryState;
import tocsin.delivery.FrozenAudience;
import tocsin.delivery.Settlement;
import tocsin.delivery.Successions.Succession;
import tocsin.incident.Control;
import tocsin.store.Answer;

/**
 * Looks again at what a lane has in hand: whether its recipient has left, whether an operator
 * paused or cancelled it, whether newer updates overtook it. Blocks.
 */
final class Review {
  private final LaneStore store;
  private final Desk desk;
  private final Leases leases;
  private final Settler settler;
  private final Time time;
  private Map<Integer, Succession> seen = Map.of();

  Review(LaneStore store, Desk desk, Leases leases, Settler settler, Time time) {
    this.store = store;
    this.desk = desk;
    this.leases = leases;
    this.settler = settler;
    this.time = time;
  }

  void look() {
    sayGoodbye(Answer.of(store.departures().next()));
    Map<Integer, Succession> now = Answer.of(store.successions().of(leases.audiences()));
    Map<Integer, Succession> changed = new HashMap<>(now);
    changed.entrySet().removeAll(seen.entrySet());
    changed.values().removeIf(Review::goesOn);
    if (!changed.isEmpty()) {
      apply(changed);
    }
    seen = now;
  }

  private void sayGoodbye(Map<Integer, Standing> gone) {
    if (gone.isEmpty()) {
      return;
    }
    Answer.of(store.retries().hasten(gone.keySet()));
    for (Ready ready : desk.remove(it -> gone.containsKey(it.task().recipient().id()))) {
      Standing standing = Objects.requireNonNull(gone.get(ready.task().recipient().id()));
      settle(List.of(ready), DeliveryState.withoutSending(standing), standing.word());
    }
  }

  private static boolean goesOn(Succession succession) {
    return succession.control() == Control.RUNNING && succession.newer().isEmpty();
  }

  private void apply(Map<Integer, Succession> changed) {
    Set<Integer> newer = new HashSet<>();
    changed.values().forEach(succession -> newer.addAll(succession.newer()));
    Map<Integer, FrozenAudience> frozen = Answer.of(store.audiences().load(newer));
    changed.forEach((audience, succession) -> {
      switch (succession.control()) {
        case PAUSED -> pause(audience);
        case CANCELLED -> settle(of(audience), DeliveryState.SUPPRESSED, Control.CANCELLED.word());
        case RUNNING -> supersede(audience, succession.newer(), frozen);
      }
    });
  }

  private void pause(int audience) {
    leases.returning(claim -> claim.audience() == audience);
    of(audience);
  }

  private void supersede(int audience, List<Integer> newer, Map<Integer, FrozenAudience> frozen) {
    List<FrozenAudience> overtaking =
        newer.stream().map(frozen::get).filter(Objects::nonNull).toList();
    settle(
        desk.remove(ready ->
            ready.task().claim().audience() == audience
                && !ready.task().isReplay()
                && Superseding.isSuperseded(
                    ready.task().audience(), ready.task().recipient(), overtaking)),
        DeliveryState.SUPERSEDED,
        "");
  }

  private List<Ready> of(int audience) {
    return desk.remove(ready -> ready.task().claim().audience() == audience);
  }

  private void settle(List<Ready> ended, DeliveryState state, String detail) {
    for (Ready ready : ended) {
      Task task = ready.task();
      leases.underWay(task.claim());
      settler.add(
          Settlement.unsent(
              task.claim(), task.recipient().id(), state, task.attempts(), detail, time.now()));
    }
  }
}
