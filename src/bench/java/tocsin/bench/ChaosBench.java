package tocsin.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Three gateways on one PostgreSQL tell everybody of three incidents while nodes are killed and
 * connections cut. Nothing may be lost, every account must add up in every answer, and who is told
 * twice is told under the same id.
 */
final class ChaosBench implements Bench {
  private static final int NODES = 3;
  private static final int INCIDENTS = 3;
  private static final int RECIPIENTS = 100_000;
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  /** Kills that have their moment: two during the migration, one after each update was accepted. */
  private static final int EARLY_MIGRATION = 2;

  @Override
  public Line run(Workbench workbench) throws Exception {
    long seed = workbench.options().seed();
    workbench.progress("seed " + seed);
    Random random = new Random(seed);
    Received received = new Received();
    try (MailReceiver mail = new MailReceiver(received);
        HookReceiver hooks = new HookReceiver(received)) {
      Fleet fleet = workbench.closing(new Fleet(NODES, environment(workbench, mail)));
      return new Run(workbench, fleet, received, hooks.url(), random).play().with("seed", seed);
    }
  }

  private static Map<String, String> environment(Workbench workbench, MailReceiver mail) {
    return Map.of(
        "TOCSIN_DATABASE_URL", workbench.database().environment(),
        "TOCSIN_SMTP_HOST", "127.0.0.1",
        "TOCSIN_SMTP_PORT", Integer.toString(mail.port()),
        "TOCSIN_SMTP_STARTTLS", "off",
        "TOCSIN_MAIL_FROM", "Acme Status <status@example.com>",
        "TOCSIN_WEBHOOK_ALLOW", "127.0.0.1");
  }

  /** One run, from an empty database to the verdict. */
  private static final class Run {
    private final Workbench workbench;
    private final Fleet fleet;
    private final Received received;
    private final String hooks;
    private final Random random;
    private final Faults faults;
    private final Deadline deadline = Deadline.in(LIMIT);
    private final int recipients;
    private final List<String> incidents = new ArrayList<>();

    Run(Workbench workbench, Fleet fleet, Received received, String hooks, Random random) {
      this.workbench = workbench;
      this.fleet = fleet;
      this.received = received;
      this.hooks = hooks;
      this.random = random;
      this.recipients = workbench.options().recipients(RECIPIENTS);
      this.faults = new Faults(workbench, fleet, received, EARLY_MIGRATION + INCIDENTS, random);
    }

    Line play() throws Exception {
      migrate();
      ChaosTown town = ChaosTown.settle(workbench.database(), recipients, hooks);
      Map<String, Integer> audiences =
          Map.of("email", town.emails(), "webhook", town.webhooks(), "sms", 0);
      long begun = System.nanoTime();
      try (AccountWatch watch =
          new AccountWatch(fleet, audiences, new Random(random.nextLong()), deadline)) {
        tell(watch);
        double seconds = (System.nanoTime() - begun) / 1e9;
        workbench.progress("comparing");
        Comparison comparison = new Comparison(fleet, town, received);
        for (String incident : incidents) {
          comparison.of(incident, random, deadline);
        }
        return verdict(watch, comparison, seconds);
      }
    }

    private void migrate() throws Exception {
      for (int i = 0; i < EARLY_MIGRATION; i++) {
        String begun =
            "select count(*) from pg_stat_activity where datname = current_database()"
                + " and pid <> pg_backend_pid()";
        while (workbench.database().number(begun) == 0) {
          deadline.check("nobody migrated");
          TimeUnit.MILLISECONDS.sleep(2);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(600));
        faults.kill("while migrating");
      }
      fleet.awaitReady(deadline);
    }

    private void tell(AccountWatch watch) throws Exception {
      double all = (double) INCIDENTS * recipients;
      while (!isDone(watch)) {
        double share = received.distinct() / all;
        // the next incident comes when the one before is nearly told
        if (incidents.size() < INCIDENTS
            && received.distinct() >= incidents.size() * recipients * 0.9) {
          publish(watch);
        }
        faults.at(share);
        deadline.check("%.3f received".formatted(share));
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
    }

    private boolean isDone(AccountWatch watch) {
      return incidents.size() == INCIDENTS
          && faults.isOver()
          && incidents.stream().allMatch(watch::isDone);
    }

    private void publish(AccountWatch watch) throws Exception {
      String incident = "chaos-" + (incidents.size() + 1);
      JsonObject update =
          new JsonObject()
              .put("status", "investigating")
              .put("impact", "major")
              .put("body", "We see **elevated error rates** and are looking into it.")
              .put("affects", JsonArray.of(new JsonObject().put("component", ChaosTown.COMPONENT)));
      fleet.post(
          "/v1/incidents",
          incident,
          new JsonObject()
              .put("id", incident)
              .put("title", incident + " is slow")
              .put("update", update),
          random,
          deadline);
      incidents.add(incident);
      watch.add(incident);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(400));
      faults.kill("after " + incident + " was accepted");
    }

    private Line verdict(AccountWatch watch, Comparison comparison, double seconds) {
      List<String> wrong = new ArrayList<>(watch.wrong());
      wrong.addAll(comparison.wrong());
      int twice = received.repeated();
      if (comparison.lost() > 0) {
        wrong.add(comparison.lost() + " got nothing");
      }
      if (twice > faults.unflushed()) {
        wrong.add(twice + " were sent twice, and unflushed were " + faults.unflushed());
      }
      if (received.underTwoIds() > 0) {
        wrong.add(received.underTwoIds() + " came under two ids");
      }
      if (received.unreadable() > 0) {
        wrong.add(received.unreadable() + " messages could not be told apart");
      }
      if (received.distinct() != INCIDENTS * recipients) {
        wrong.add(received.distinct() + " messages came");
      }
      Line line =
          new Line()
              .with("nodes", NODES)
              .with("recipients", recipients)
              .with("updates", INCIDENTS)
              .with("kills", faults.killed())
              .with("cuts", faults.cuts())
              .with("answers", watch.answers())
              .with("lost", comparison.lost())
              .with("twice", twice)
              .with("unflushed", faults.unflushed())
              .with("seconds", "%.1f", seconds);
      if (!wrong.isEmpty()) {
        wrong.stream().limit(20).forEach(workbench::progress);
        throw new IllegalStateException(wrong.size() + " promises were broken: " + line);
      }
      return line;
    }
  }
}
