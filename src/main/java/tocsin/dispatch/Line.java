package tocsin.dispatch;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks in hand that wait for the same domain, host or endpoint: the highest priority first,
 * then as they came. Guarded by its desk.
 */
final class Line {
  private record Place(Ready ready, long number) {}

  private static final Comparator<Place> ORDER =
      Comparator.comparingInt((Place place) -> place.ready().task().priority())
          .thenComparingLong(Place::number);

  private final String key;
  private final Host host;
  private final PriorityQueue<Place> places = new PriorityQueue<>(ORDER);

  /** When it was last served, as a count: lines of one priority take turns. */
  private long served;

  /** When it may be asked again, while it is out of the running. */
  private long until;

  private State state = State.IDLE;

  enum State {
    IDLE,
    RUNNING,
    TIMED,
    BEHIND_HOST
  }

  /**
   * @param key the limit key that it is named after; empty where there is nothing to tell apart
   */
  Line(String key, Host host) {
    this.key = key;
    this.host = host;
  }

  String key() {
    return key;
  }

  Host host() {
    return host;
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  long served() {
    return served;
  }

  void served(long count) {
    served = count;
  }

  long until() {
    return until;
  }

  void until(long nanos) {
    until = nanos;
  }

  void add(Ready ready, long number) {
    places.add(new Place(ready, number));
  }

  @Nullable Ready peek() {
    Place first = places.peek();
    return first == null ? null : first.ready();
  }

  Ready remove() {
    return places.remove().ready();
  }

  /** Takes out those for which the test holds. */
  void remove(Predicate<Ready> leaving, Consumer<Ready> left) {
    places.removeIf(place -> {
      boolean leaves = leaving.test(place.ready());
      if (leaves) {
        left.accept(place.ready());
      }
      return leaves;
    });
  }

  int size() {
    return places.size();
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Of the task that is next; the line must not be empty. */
  int priority() {
    return places.element().ready().task().priority();
  }
}
