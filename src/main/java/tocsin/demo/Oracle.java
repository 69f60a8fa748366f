package tocsin.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tocsin.audience.Subscription;
import tocsin.incident.Impact;
import tocsin.incident.Status;

/**
 * Works out by brute force who must hear of which update of a recording, from the world and its
 * moves alone. Shares no code with the gateway's own match.
 */
final class Oracle {
  private final DemoWorld world;
  private final Cells cells;
  private final Map<String, DemoSubscriber> present = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Map<Notice, String> must = new HashMap<>();
  private final Map<Notice, String> may = new HashMap<>();
  private JsonArray affects = new JsonArray();
  private Impact impact = Impact.MINOR;

  private Oracle(DemoWorld world) {
    this.world = world;
    this.cells = new Cells(world);
    world.subscribers().forEach(subscriber -> present.put(subscriber.name(), subscriber));
  }

  static Expectation expect(DemoWorld world, Recording recording) {
    Oracle oracle = new Oracle(world);
    int sequence = 0;
    for (Step step : recording.steps()) {
      sequence++;
      oracle.world.moves(sequence).forEach(oracle::before);
      oracle.tell(sequence, step.update());
      oracle.world.moves(sequence).forEach(oracle::after);
    }
    return new Expectation(oracle.must, oracle.may);
  }

  private void before(Move move) {
    String name = move.subscriber().name();
    switch (move) {
      case Move.Join join -> present.put(name, join.subscriber());
      case Move.Prefer prefer -> present.put(name, prefer.subscriber().preferring(prefer.other()));
      case Move.Leave _, Move.Unsubscribe _ -> present.remove(name);
      case Move.LeaveMidway _ -> {}
    }
  }

  private void tell(int sequence, JsonObject update) {
    affects = update.getJsonArray("affects", affects);
    impact = Impact.of(update.getString("impact", impact.word())).orElseThrow();
    boolean ends = Status.of(update.getString("status")).orElseThrow().reachesEveryoneTold();
    Set<Cells.Cell> affected = cells.affected(affects);
    for (DemoSubscriber subscriber : present.values()) {
      if (concerns(affected, subscriber) || (ends && told.contains(subscriber.name()))) {
        told.add(subscriber.name());
        must.put(
            new Notice(subscriber.name(), sequence),
            subscriber.locale().startsWith("de") ? "de" : "en");
      }
    }
    for (Move move : world.moves(sequence)) {
      Notice notice = new Notice(move.subscriber().name(), sequence);
      if (move instanceof Move.LeaveMidway && must.containsKey(notice)) {
        may.put(notice, must.get(notice));
        must.remove(notice);
      }
    }
  }

  private void after(Move move) {
    if (move instanceof Move.LeaveMidway) {
      present.remove(move.subscriber().name());
    }
  }

  private boolean concerns(Set<Cells.Cell> affected, DemoSubscriber subscriber) {
    for (Subscription subscription : subscriber.subscriptions()) {
      if (impact.compareTo(subscription.minImpact()) >= 0
          && !Collections.disjoint(affected, cells.covered(subscription, subscriber.customer()))) {
        return true;
      }
    }
    return false;
  }
}
