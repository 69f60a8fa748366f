package tocsin.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waiting tasks: the highest priority first, then as they came. Not thread-safe. */
final class ByPriority {
  private final List<Queue<Ready>> classes = new ArrayList<>();
  private int size;

  ByPriority() {
    for (int n = 0; n < Priority.CLASSES; n++) {
      classes.add(new ArrayDeque<>(0));
    }
  }

  void add(Ready ready) {
    classes.get(ready.task().priority()).add(ready);
    size++;
  }

  /** The next one, null if there is none. */
  @Nullable Ready peek() {
    for (Queue<Ready> queue : classes) {
      Ready first = queue.peek();
      if (first != null) {
        return first;
      }
    }
    return null;
  }

  void remove() {
    for (Queue<Ready> queue : classes) {
      if (queue.poll() != null) {
        size--;
        return;
      }
    }
  }

  /** Asks of each in its order whether it leaves. */
  void remove(Predicate<Ready> leaving, Consumer<Ready> left) {
    for (Queue<Ready> queue : classes) {
      queue.removeIf(ready -> {
        boolean leaves = leaving.test(ready);
        if (leaves) {
          left.accept(ready);
          size--;
        }
        return leaves;
      });
    }
  }

  int size() {
    return size;
  }
}
