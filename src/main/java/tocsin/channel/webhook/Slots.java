package tocsin.channel.webhook;

import java.util.HashMap;
import java.util.Map;

/** Bounds the requests under way to one host, so that a slow one leaves workers to the others. */
final class Slots {
  private final int perHost;
  private final Map<String, Integer> taken = new HashMap<>();

  Slots(int perHost) {
    this.perHost = perHost;
  }

  /** Never waits; whoever got a slot gives it back. */
  synchronized boolean take(String host) {
    int before = taken.getOrDefault(host, 0);
    if (before == perHost) {
      return false;
    }
    taken.put(host, before + 1);
    return true;
  }

  synchronized void give(String host) {
    taken.computeIfPresent(host, (name, before) -> before == 1 ? null : before - 1);
  }
}
