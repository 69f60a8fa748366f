package tocsin.dispatch;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks in hand that wait for the same domain, host or endpoint: the highest priority first,
 * then as they came. Guarded by its desk.
 */
final class Line {
  private final String key;
  private final Host host;
  private final ByPriority waiting = new ByPriority();

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

  void add(Ready ready) {
    waiting.add(ready);
  }

  /** Whose turn is next; null when it is empty. */
  @Nullable Ready peek() {
    return waiting.peek();
  }

  /** Takes out whose turn it is. */
  void remove() {
    waiting.remove();
  }

  /** Takes out those for which the test holds; they are asked in their order. */
  void remove(Predicate<Ready> leaving, Consumer<Ready> left) {
    waiting.remove(leaving, left);
  }

  int size() {
    return waiting.size();
  }

  boolean isEmpty() {
    return waiting.size() == 0;
  }

  /** Of whose turn is next; the lowest there is when it is empty. */
  int priority() {
    Ready first = waiting.peek();
    return first == null ? Priority.CLASSES : first.task().priority();
  }
}
