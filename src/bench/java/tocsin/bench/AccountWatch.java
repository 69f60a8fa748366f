package tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the accounts of all updates again and again, from any node, and notes what is wrong. */
final class AccountWatch implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
  private static final List<String> OUTCOMES =
      List.of("sent", "failed", "suppressed", "withdrawn", "superseded");

  private final Fleet fleet;
  private final Random random;
  private final Deadline deadline;
  private final Map<String, Integer> audiences;
  private final List<String> watched = new CopyOnWriteArrayList<>();
  private final Map<String, JsonObject> latest = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private final AtomicInteger answers = new AtomicInteger();

  /**
   * @param audiences by channel, of every update
   */
  AccountWatch(Fleet fleet, Map<String, Integer> audiences, Random random, Deadline deadline) {
    this.fleet = fleet;
    this.audiences = Map.copyOf(audiences);
    this.random = random;
    this.deadline = deadline;
    this.thread = Thread.ofVirtual().start(this::run);
  }

  void add(String incident) {
    watched.add(incident);
  }

  boolean isDone(String incident) {
    JsonObject account = latest.get(incident);
    return account != null && "done".equals(account.getString("progress"));
  }

  int answers() {
    return answers.get();
  }

  Queue<String> wrong() {
    return wrong;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (String incident : watched) {
          JsonObject account =
              fleet.get("/v1/incidents/" + incident + "/updates/1", random, deadline);
          check(incident, account);
          latest.put(incident, account);
          answers.incrementAndGet();
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failed) {
      wrong.add("the accounts could not be read: " + failed);
    }
  }

  private void check(String incident, JsonObject account) {
    JsonObject before = latest.getOrDefault(incident, new JsonObject());
    boolean planning = "planning".equals(account.getString("progress"));
    boolean done = "done".equals(account.getString("progress"));
    if (!done && "done".equals(before.getString("progress"))) {
      wrong.add(incident + " was done before " + account);
    }
    audiences.forEach((channel, size) -> {
      JsonObject now = account.getJsonObject("deliveries").getJsonObject(channel);
      int sum = OUTCOMES.stream().mapToInt(now::getInteger).sum() + now.getInteger("pending");
      if (now.getInteger("audience") != sum) {
        wrong.add(incident + " does not add up on " + channel + ": " + now);
      }
      if (done && now.getInteger("pending") != 0) {
        wrong.add(incident + " is done, and on " + channel + " is not: " + now);
      }
      if (!planning && !now.getInteger("audience").equals(size)) {
        wrong.add(incident + " has another audience on " + channel + ": " + now);
      }
      if (before.containsKey("deliveries")
          && now.getInteger("sent")
              < before.getJsonObject("deliveries").getJsonObject(channel).getInteger("sent")) {
        wrong.add(incident + " has sent less on " + channel + " than before: " + now);
      }
    });
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
