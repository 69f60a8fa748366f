package tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the recipients got against what the API says that they got. */
final class Comparison {
  private static final int PAGE = 1_000;

  private final Fleet fleet;
  private final ChaosTown town;
  private final Received received;
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private int lost;

  Comparison(Fleet fleet, ChaosTown town, Received received) {
    this.fleet = fleet;
    this.town = town;
    this.received = received;
  }

  /** Of one incident, recipient by recipient. */
  void of(String incident, Random random, Deadline deadline) throws InterruptedException {
    Set<Integer> listed = new HashSet<>();
    Map<String, Integer> states = new TreeMap<>();
    int otherIds = 0;
    String path = "/v1/incidents/" + incident + "/updates/1/deliveries?limit=" + PAGE;
    String cursor = "";
    while (cursor != null) {
      JsonObject page = fleet.get(path + cursor, random, deadline);
      for (Object each : page.getJsonArray("deliveries")) {
        JsonObject delivery = (JsonObject) each;
        int subscriber = delivery.getInteger("subscriber");
        Received.Got got =
            received.of(incident, town.addresses().getOrDefault(subscriber, "nobody"));
        listed.add(subscriber);
        states.merge(delivery.getString("state"), 1, Integer::sum);
        lost += got.times() == 0 ? 1 : 0;
        otherIds += got.times() > 0 && !got.id().equals(delivery.getString("id")) ? 1 : 0;
      }
      String next = page.getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
    }
    if (!states.equals(Map.of("sent", town.addresses().size()))) {
      wrong.add(incident + " has deliveries " + states);
    }
    if (!listed.equals(town.addresses().keySet())) {
      wrong.add(incident + " lists " + listed.size() + " of " + town.addresses().size());
    }
    if (otherIds > 0) {
      wrong.add(incident + " has " + otherIds + " messages under another id than the API's");
    }
  }

  /** Recipients who got nothing. */
  int lost() {
    return lost;
  }

  Queue<String> wrong() {
    return wrong;
  }
}
