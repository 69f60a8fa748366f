package tocsin.demo;

import java.util.List;
import tocsin.audience.Subscription;

/** What a subscriber does while the incident goes on. */
sealed interface Move {
  DemoSubscriber subscriber();

  /** Subscribes. */
  record Join(DemoSubscriber subscriber) implements Move {}

  /** Wants other things from now on. */
  record Prefer(DemoSubscriber subscriber, List<Subscription> other) implements Move {
    public Prefer {
      other = List.copyOf(other);
    }
  }

  /** Is removed by the operator. */
  record Leave(DemoSubscriber subscriber) implements Move {}

  /** Follows the one-click link of a mail that they got. */
  record Unsubscribe(DemoSubscriber subscriber) implements Move {}

  /** Is removed while the update is on its way, so it may or may not still reach them. */
  record LeaveMidway(DemoSubscriber subscriber) implements Move {}
}
