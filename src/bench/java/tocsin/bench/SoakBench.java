package tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * A whole gateway under updates, sign-ups, people who leave, bounces, imports, readers and the
 * faults of its providers and of its database, all at once, for long. What it holds may not grow,
 * and in the end nothing of an incident's beginning is pending and every account adds up.
 */
final class SoakBench implements Bench {
  static final String COMPONENT = "web";

  private static final int RECIPIENTS = 2_000;
  private static final int SHARE_OF_WEBHOOKS = 10;
  private static final int SHARE_OF_SMS = 40;
  private static final String DOMAIN = "bounces.example.com";
  private static final Duration PERIOD = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @Override
  public Line run(Workbench workbench) throws Exception {
    int bouncePort = FreePort.next();
    try (SoakMail mail = new SoakMail();
        SoakEndpoints endpoints = new SoakEndpoints();
        Child sms = workbench.child("sms", SmsReceiver.class);
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        GatewayNode node =
            new GatewayNode(
                Options.FOLDER.resolve("soak"),
                environment(workbench, mail, sms, bouncePort),
                http)) {
      settle(workbench.database(), workbench.options().recipients(RECIPIENTS), endpoints.url());
      Deadline started = Deadline.in(PATIENCE);
      while (!node.isReady()) {
        started.check("the gateway was not ready");
        TimeUnit.MILLISECONDS.sleep(50);
      }
      SoakLoad load =
          new SoakLoad(
              node,
              workbench.database(),
              mail,
              BounceSource.of(workbench.database(), DOMAIN, bouncePort));
      load.start();
      List<Footprint> footprints = new ArrayList<>();
      for (int minute = 1; minute <= workbench.options().minutes(); minute++) {
        TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
        Footprint footprint = Footprint.of(node, workbench.database());
        footprints.add(footprint);
        workbench.progress("%d min: %s; %d mails".formatted(minute, footprint, mail.taken()));
      }
      load.stop();
      workbench.progress("done (in vain): " + load);
      awaitNothingPending(node, load.resolved());
      return line(footprints)
          .with("minutes", workbench.options().minutes())
          .with("mails", mail.taken())
          .with("webhooks", endpoints.taken())
          .with("incidents", load.resolved().size());
    }
  }

  private static Map<String, String> environment(
      Workbench workbench, SoakMail mail, Child sms, int bouncePort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("TOCSIN_DATABASE_URL", workbench.database().environment());
    settings.put("TOCSIN_SMTP_HOST", "127.0.0.1");
    settings.put("TOCSIN_SMTP_PORT", Integer.toString(mail.port()));
    settings.put("TOCSIN_SMTP_STARTTLS", "off");
    settings.put("TOCSIN_MAIL_FROM", "Acme Status <status@example.com>");
    settings.put("TOCSIN_MAIL_BOUNCE_DOMAIN", DOMAIN);
    settings.put("TOCSIN_BOUNCE_HOST", "127.0.0.1");
    settings.put("TOCSIN_BOUNCE_PORT", Integer.toString(bouncePort));
    settings.put("TOCSIN_TWILIO_BASE_URL", sms.ask("where"));
    settings.put("TOCSIN_TWILIO_ACCOUNT_SID", "AC" + "a".repeat(32));
    settings.put("TOCSIN_TWILIO_AUTH_TOKEN", "b".repeat(32));
    // a service paces its own numbers; one number would carry a text a second
    settings.put("TOCSIN_TWILIO_MESSAGING_SERVICE", "MG" + "c".repeat(32));
    settings.put("TOCSIN_WEBHOOK_ALLOW", "127.0.0.1");
    settings.put("TOCSIN_OPTIN_PER_HOUR", "100000");
    return settings;
  }

  private static void settle(BenchDatabase database, int size, String endpoints)
      throws SQLException {
    database.run(
        """
        insert into component (id, name) values ('%1$s', 'Web');
        insert into subscriber (channel, address, address_key, locale, time_zone, secret,
          subscriptions, consent_source, consent_at)
        select channel, a, a, 'en', 'UTC',
            case channel when 'webhook' then 'whsec_' || encode(sha256(a::bytea), 'base64') end,
            '[{"minImpact": "none"}]', 'bench', now()
          from (
            select 'email' channel, 'person.' || n || '@domain-' || n %% 50 || '.example' a
              from generate_series(1, %2$d) n
            union all select 'webhook', '%3$s/hook/' || n from generate_series(1, %4$d) n
            union all select 'sms', '+1500555' || 1000 + n from generate_series(1, %5$d) n) people;
        """
            .formatted(COMPONENT, size, endpoints, size / SHARE_OF_WEBHOOKS, size / SHARE_OF_SMS));
  }

  private static void awaitNothingPending(GatewayNode node, List<String> incidents)
      throws Exception {
    Deadline end = Deadline.in(PATIENCE);
    for (String incident : incidents) {
      String path = "/v1/incidents/" + incident + "/updates/1";
      JsonObject deliveries = node.get(path).getJsonObject("deliveries");
      while (pending(deliveries) > 0) {
        end.check(path + " is not told: " + deliveries);
        TimeUnit.MILLISECONDS.sleep(500);
        deliveries = node.get(path).getJsonObject("deliveries");
      }
      deliveries.forEach(channel -> check(path, (JsonObject) channel.getValue()));
    }
  }

  private static int pending(JsonObject deliveries) {
    return deliveries.stream()
        .mapToInt(channel -> ((JsonObject) channel.getValue()).getInteger("pending"))
        .sum();
  }

  private static void check(String path, JsonObject account) {
    int settled =
        account.stream()
            .filter(figure -> !figure.getKey().equals("audience"))
            .mapToInt(figure -> (Integer) figure.getValue())
            .sum();
    if (settled != account.getInteger("audience")) {
      throw new IllegalStateException(path + " does not add up: " + account);
    }
  }

  /** The medians of the first third, once warm, and of the last. */
  private static Line line(List<Footprint> footprints) {
    int third = Math.max(1, footprints.size() / 3);
    List<Footprint> first = footprints.subList(0, third);
    List<Footprint> last = footprints.subList(footprints.size() - third, footprints.size());
    Line line = new Line();
    add(line, "heap", first, last, footprint -> footprint.heap() / 1e6);
    add(line, "rss", first, last, footprint -> footprint.rss() / 1e6);
    add(line, "threads", first, last, Footprint::threads);
    add(line, "descriptors", first, last, Footprint::descriptors);
    add(line, "sockets", first, last, Footprint::sockets);
    add(line, "connections", first, last, Footprint::connections);
    return line;
  }

  private static void add(
      Line line,
      String name,
      List<Footprint> first,
      List<Footprint> last,
      ToDoubleFunction<Footprint> figure) {
    line.with(name + "First", "%.1f", Medians.of(first, figure))
        .with(name + "Last", "%.1f", Medians.of(last, figure));
  }
}
