package tocsin.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Everything that a gateway is asked to do, at once: each in a thread of its own, over and over.
 */
final class SoakLoad {
  private static final Duration UPDATES = Duration.ofSeconds(5);
  private static final Duration SIGN_UPS = Duration.ofMillis(500);
  private static final Duration READERS = Duration.ofMillis(100);
  private static final Duration WATCHERS = Duration.ofSeconds(5);
  private static final Duration BOUNCES = Duration.ofSeconds(10);
  private static final Duration IMPORTS = Duration.ofSeconds(20);
  private static final Duration BETWEEN_OUTAGES = Duration.ofMinutes(3);
  private static final Duration OUTAGE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_CUTS = Duration.ofMinutes(4);
  private static final int BOUNCES_AT_ONCE = 100;
  private static final int IMPORTED = 500;

  private final GatewayNode node;
  private final BenchDatabase database;
  private final SoakMail mail;
  private final BounceSource bounces;
  private final List<Thread> threads = new ArrayList<>();
  private final List<String> incidents = new CopyOnWriteArrayList<>();
  private final List<String> resolved = new CopyOnWriteArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();
  private final List<Exception> broken = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  private interface Act {
    void once(int number) throws Exception;
  }

  /** How often something was done, and how often it was refused or cut. */
  private record Tally(String name, AtomicInteger done, AtomicInteger inVain) {
    @Override
    public String toString() {
      return "%s %s (%s)".formatted(name, done, inVain);
    }
  }

  SoakLoad(GatewayNode node, BenchDatabase database, SoakMail mail, BounceSource bounces) {
    this.node = node;
    this.database = database;
    this.mail = mail;
    this.bounces = bounces;
  }

  void start() {
    every("updates", UPDATES, this::publish);
    every("signUps", SIGN_UPS, this::signUp);
    every("confirmed", Duration.ZERO, number -> node.postForm(mail.confirmations().take(), ""));
    every(
        "left",
        Duration.ZERO,
        number -> node.postForm(mail.waysOut().take(), "List-Unsubscribe=One-Click"));
    every("reads", READERS, this::read);
    every("watches", WATCHERS, this::watch);
    every("bounces", BOUNCES, this::bounce);
    every("imports", IMPORTS, this::importAgain);
    every("outages", BETWEEN_OUTAGES, this::outage);
    every("cuts", BETWEEN_CUTS, this::cut);
  }

  private void every(String name, Duration pause, Act act) {
    Tally tally = new Tally(name, new AtomicInteger(), new AtomicInteger());
    tallies.add(tally);
    threads.add(Thread.ofVirtual().name(name).start(() -> repeat(tally, pause, act)));
  }

  private void repeat(Tally tally, Duration pause, Act act) {
    try {
      for (int number = 1; !stopped; number++) {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        try {
          act.once(number);
          tally.done().incrementAndGet();
        } catch (IOException away) {
          tally.inVain().incrementAndGet();
        }
      }
    } catch (InterruptedException end) {
      // it is over
    } catch (Exception e) {
      broken.add(new IllegalStateException(tally.name(), e));
    }
  }

  /** An incident begins, and is over with the next update. */
  private void publish(int number) throws IOException, InterruptedException {
    String incident = "soak-" + (number + 1) / 2;
    if (number % 2 == 1) {
      JsonObject incidentJson =
          new JsonObject()
              .put("id", incident)
              .put("title", "Web is slow")
              .put("update", update("investigating"));
      node.post("/v1/incidents", incident, incidentJson);
      incidents.add(incident);
    } else if (incidents.contains(incident)) {
      node.post("/v1/incidents/" + incident + "/updates", incident + "-2", update("resolved"));
      resolved.add(incident);
    }
  }

  private static JsonObject update(String status) {
    return new JsonObject()
        .put("status", status)
        .put("impact", "major")
        .put("body", "We see **elevated error rates** and are looking into it.")
        .put("affects", JsonArray.of(new JsonObject().put("component", SoakBench.COMPONENT)));
  }

  private void signUp(int number) throws IOException, InterruptedException {
    JsonObject wish =
        new JsonObject()
            .put("channel", "email")
            .put("address", SoakMail.NEWCOMER + number + "@soak.example")
            .put("ip", "10.%d.%d.1".formatted(number >> 8 & 255, number & 255));
    node.post("/v1/opt-ins", "opt-in-" + number, wish);
  }

  private void read(int number) throws IOException, InterruptedException {
    String incident = incidents.isEmpty() ? "none-yet" : incidents.getLast();
    node.read(
        switch (number % 5) {
          case 0 -> "/";
          case 1 -> "/feed.atom";
          case 2 -> "/i/" + incident;
          case 3 -> "/v1/incidents/" + incident + "/updates/1/deliveries?limit=100";
          default -> "/v1/subscribers?limit=100";
        });
  }

  private void watch(int number) throws IOException, InterruptedException {
    if (!incidents.isEmpty()) {
      node.watch("/v1/incidents/" + incidents.getLast() + "/updates/1/events");
    }
  }

  private void bounce(int number) throws Exception {
    long audience =
        database.number("select coalesce(max(id), 0) from audience where channel = 'email'");
    if (audience > 0) {
      try {
        bounces.send(Math.toIntExact(audience), BOUNCES_AT_ONCE);
      } catch (ExecutionException refused) {
        // 451 while the database is away: a real relay comes again
        throw new IOException(refused);
      }
    }
  }

  private void importAgain(int number) throws IOException, InterruptedException {
    String lines =
        IntStream.range(0, IMPORTED)
            .mapToObj(i ->
                "{\"channel\": \"email\", \"address\": \"imported.%d@soak.example\", \"locale\": \"%s\"}"
                    .formatted(i, number % 2 == 0 ? "de" : "en"))
            .collect(Collectors.joining("\n"));
    node.importLines(lines);
  }

  private void outage(int number) throws InterruptedException {
    mail.down(true);
    try {
      TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
    } finally {
      mail.down(false);
    }
  }

  private void cut(int number) throws Exception {
    database.number(
        """
        select count(pg_terminate_backend(pid)) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
        """);
  }

  /** No more is begun; throws what broke meanwhile. */
  void stop() throws Exception {
    stopped = true;
    for (Thread thread : threads) {
      thread.interrupt();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!broken.isEmpty()) {
      throw broken.getFirst();
    }
  }

  /** Those that are over: what was to be told before that is told or superseded. */
  List<String> resolved() {
    return List.copyOf(resolved);
  }

  /** What was done, how often, and in parentheses how often in vain. */
  @Override
  public String toString() {
    return tallies.stream().map(Tally::toString).collect(Collectors.joining(", "));
  }
}
