package tocsin.dispatch;

import java.time.Duration;
import java.util.List;

/** When the last recipient will have been told. Pure. */
final class Forecast {
  private Forecast() {}

  /**
   * One audience in the queue of its channel.
   *
   * @param id the older, the smaller
   * @param priority 0 goes first
   * @param inLine what waits already for a limit
   * @param rest the rest of it, which takes turns with others of its priority
   * @param notBefore how long the last retry has yet to wait
   */
  record Queued(
      int id, int update, int priority, Workload inLine, Workload rest, Duration notBefore) {

    Workload whole() {
      return inLine.plus(rest);
    }
  }

  /** How long until an audience has been told, as one of the queue or beside it. */
  static Duration remaining(Queued own, List<Queued> queue, Pace pace) {
    Workload before = Workload.NONE;
    for (Queued other : queue) {
      if (other.id() != own.id()) {
        before = before.plus(before(own, other));
      }
    }
    Duration time = pace.time(own.whole(), before);
    return time.compareTo(own.notBefore()) < 0 ? own.notBefore() : time;
  }

  /** What of the other goes before the last of one's own. */
  private static Workload before(Queued own, Queued other) {
    int order = Integer.compare(other.priority(), own.priority());
    if (order > 0) {
      return Workload.NONE;
    }
    if (order < 0) {
      return other.whole();
    }
    return other.id() < own.id()
        ? other.inLine().plus(other.rest().inTurnWith(own.whole()))
        : other.whole().inTurnWith(own.whole());
  }
}
