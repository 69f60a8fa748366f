package tocsin.limit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Nodes, a database and the wires between them in a time of their own. The database does what the
 * statement of {@link Slots} does; an answer takes as long as the dice say.
 */
final class Simulation {
  private final Map<String, List<Spent>> spent = new HashMap<>();
  private final Random random;
  private final Duration slowest;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<String, Row> rows = new HashMap<>();
  private final List<Limiter> nodes = new ArrayList<>();
  private long now = 1_000_000_000L;
  private long databaseOffset = 7_777_777_777L;
  private long eventNumber;
  private boolean down;

  record Spent(long at, int permits) {}

  private record Row(int largest, long nextAt) {}

  private record Event(long at, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  /** Somebody who sends without end, each message under these demands. */
  interface Messages {
    List<Demand> next();
  }

  /**
   * @param slowest that an answer of the database takes
   */
  Simulation(Random random, int nodes, Duration slowest) {
    this.random = random;
    this.slowest = slowest;
    for (int i = 0; i < nodes; i++) {
      this.nodes.add(new Limiter(() -> now, this::reserve));
    }
  }

  void rates(Map<String, Rate> rates) {
    nodes.forEach(node -> node.rates(rates));
  }

  void setDatabaseClock(Duration difference) {
    databaseOffset += difference.toNanos();
  }

  void databaseDown(boolean isDown) {
    down = isDown;
  }

  /** Of one key, in the order in which it was spent. */
  List<Spent> spent(String key) {
    return spent.getOrDefault(key, List.of());
  }

  long now() {
    return now;
  }

  /** A sender on each node, which comes back when it is told to, or a little later. */
  void send(Messages messages) {
    nodes.forEach(node -> send(node, messages, messages.next()));
  }

  private void send(Limiter node, Messages messages, List<Demand> first) {
    List<Demand> demands = first;
    Wait wait = node.reserve(demands);
    for (int i = 0; wait.isNone() && i < 50; i++) {
      for (Demand demand : demands) {
        spent
            .computeIfAbsent(demand.key(), key -> new ArrayList<>())
            .add(new Spent(now, demand.permits()));
      }
      demands = messages.next();
      wait = node.reserve(demands);
    }
    List<Demand> waiting = demands;
    after(
        wait.duration().toNanos() + random.nextInt(1_000_000), () -> send(node, messages, waiting));
  }

  void run(Duration length) {
    long end = now + length.toNanos();
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event event = events.remove();
      now = event.at();
      event.action().run();
    }
    now = end;
  }

  private void after(long nanos, Runnable action) {
    events.add(new Event(now + nanos, eventNumber++, action));
  }

  private long wire() {
    return 50_000 + (long) (random.nextDouble() * random.nextDouble() * slowest.toNanos() / 2);
  }

  private Future<List<Grant>> reserve(List<Want> wants) {
    Promise<List<Grant>> answer = Promise.promise();
    after(
        wire(),
        () -> {
          if (down) {
            after(wire(), () -> answer.fail("down"));
          } else {
            List<Grant> grants = wants.stream().map(this::grant).toList();
            after(wire(), () -> answer.complete(grants));
          }
        });
    return answer.future();
  }

  private Grant grant(Want want) {
    long time = (now + databaseOffset) / 1_000 * 1_000;
    long horizon = time + SlotSource.HORIZON.toNanos();
    Spacing spacing = want.spacing();
    Row row = rows.computeIfAbsent(want.key(), key -> new Row(spacing.largest(), 0));
    long at =
        Math.max(
            Math.min(row.nextAt(), horizon + spacing.reach()),
            time - spacing.slack() / 2 / 1_000 * 1_000);
    if (row.largest() > spacing.largest()) {
      return new Grant(want, row.largest(), 0, at, time);
    }
    at += row.largest() < spacing.largest() ? spacing.gap() / 1_000 * 1_000 : 0;
    long near = 1 + (horizon - at) / spacing.interval();
    int count = at > horizon ? 0 : (int) Math.max(want.least(), Math.min(want.most(), near));
    long next = at + Math.ceilDiv(count * spacing.interval(), 1_000L) * 1_000;
    rows.put(want.key(), new Row(spacing.largest(), next));
    return new Grant(want, spacing.largest(), count, at, time);
  }
}
