package tocsin.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * An update to everybody as mails, alone and while as many bounces of an earlier update come in at
 * once over SMTP, each a report of a full mailbox; in turns.
 */
final class BouncesBench implements Bench {
  private static final int RECIPIENTS = 100_000;
  private static final int CONNECTIONS = 32;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
  private static final String DOMAIN = "bounces.example.com";
  private static final String WORDS = "Requests to the web application fail or are slow.";

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * One of each.
   *
   * @param during the fan-out while bounces came in, whole
   * @param bounces a second, until the last was on record
   */
  private record Round(Reading alone, Reading during, double bounces) {}

  @Override
  public Line run(Workbench workbench) throws Exception {
    int recipients = workbench.options().recipients(RECIPIENTS);
    Population.settle(workbench.database(), recipients);
    int port = FreePort.next();
    List<Round> rounds = new ArrayList<>();
    try (Operator operator = new Operator(workbench.database());
        LightSink sink = LightSink.start(workbench);
        Child gateway = gateway(workbench, sink, port)) {
      gateway.ask("where");
      BounceSource source = BounceSource.of(workbench.database(), DOMAIN, port);
      for (int i = 0; i <= workbench.options().rounds(); i++) {
        Round round = round(workbench, operator, gateway, source, recipients, i);
        workbench.progress(
            "%s: alone %.0f /s, with bounces %.0f /s, bounces %.0f /s"
                .formatted(
                    i == 0 ? "warm-up" : "round " + i,
                    round.alone().perSecond(),
                    round.during().perSecond(),
                    round.bounces()));
        if (i > 0) {
          rounds.add(round);
        }
      }
    }
    return line(rounds, recipients);
  }

  private Round round(
      Workbench workbench,
      Operator operator,
      Child gateway,
      BounceSource source,
      int recipients,
      int number)
      throws Exception {
    operator.forgetEverything();
    workbench.database().run("truncate bounce");
    fanOut(workbench, operator, gateway, recipients, 1);
    int audience =
        Math.toIntExact(
            workbench.database().number("select max(id) from audience where channel = 'email'"));
    if (number % 2 == 0) {
      Reading alone = fanOut(workbench, operator, gateway, recipients, 2);
      Future<Double> bounces = threads.submit(() -> source.send(audience, recipients));
      Reading during = fanOut(workbench, operator, gateway, recipients, 3);
      return new Round(alone, during, noted(workbench, recipients, bounces.get()));
    }
    Future<Double> bounces = threads.submit(() -> source.send(audience, recipients));
    Reading during = fanOut(workbench, operator, gateway, recipients, 2);
    double rate = noted(workbench, recipients, bounces.get());
    return new Round(fanOut(workbench, operator, gateway, recipients, 3), during, rate);
  }

  /** What was accepted is on record. */
  private static double noted(Workbench workbench, int recipients, double rate) throws Exception {
    long noted = workbench.database().number("select count(*) from bounce where class = 'soft'");
    if (noted != recipients) {
      throw new IllegalStateException(noted + " of " + recipients + " bounces are on record");
    }
    return rate;
  }

  private static Child gateway(Workbench workbench, MailSink sink, int port) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("TOCSIN_SMTP_HOST", "127.0.0.1");
    settings.put("TOCSIN_SMTP_PORT", Integer.toString(sink.port()));
    settings.put("TOCSIN_SMTP_STARTTLS", "off");
    settings.put("TOCSIN_SMTP_CONNECTIONS", Integer.toString(CONNECTIONS));
    settings.put("TOCSIN_MAIL_FROM", "Acme Status <status@example.com>");
    settings.put("TOCSIN_MAIL_BOUNCE_DOMAIN", DOMAIN);
    settings.put("TOCSIN_BOUNCE_HOST", "127.0.0.1");
    settings.put("TOCSIN_BOUNCE_PORT", Integer.toString(port));
    return workbench.ours(List.of(), settings, GatewayMain.class);
  }

  /**
   * @param updates how many there are with this one
   */
  private static Reading fanOut(
      Workbench workbench, Operator operator, Child gateway, int recipients, int updates)
      throws Exception {
    Meter meter = Meter.start(workbench.database(), List.of(gateway.handle()));
    operator.post(Population.ALL, WORDS);
    while (workbench.database().number("select coalesce(sum(sent), 0) from chunk")
        < (long) recipients * updates) {
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
    return meter.read(recipients);
  }

  private static Line line(List<Round> rounds, int recipients) {
    return new Line()
        .with("bounces", recipients)
        .withRate("rate", Medians.of(rounds, Round::bounces))
        .withRate("alone", Medians.of(rounds, round -> round.alone().perSecond()))
        .withRate("during", Medians.of(rounds, round -> round.during().perSecond()))
        .with(
            "ratio",
            "%.2f",
            Medians.of(rounds, round -> round.during().perSecond() / round.alone().perSecond()))
        .with(
            "rss",
            "%.0f",
            rounds.stream().mapToDouble(round -> round.during().megabytes()).max().orElseThrow())
        .with("rounds", rounds.size());
  }
}
