package tocsin.dispatch;

import java.util.HashMap;
import java.util.Map;

/**
 * How many workers are busy with one host; no host may have more than its share, so that one that
 * hangs leaves workers to the others. Thread-safe.
 */
final class Shares {
  private final int most;
  private final Map<String, Integer> busy = new HashMap<>();

  Shares(int most) {
    this.most = most;
  }

  /** False when the host has its share already. */
  synchronized boolean enter(String host) {
    int count = busy.getOrDefault(host, 0);
    if (count == most) {
      return false;
    }
    busy.put(host, count + 1);
    return true;
  }

  synchronized void leave(String host) {
    busy.computeIfPresent(host, (name, count) -> count == 1 ? null : count - 1);
  }
}
