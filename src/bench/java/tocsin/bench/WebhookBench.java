package tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One update of 2 kB to webhooks, signed and durable, by a whole gateway into nginx. The references
 * are wrk and, where npm can install them, undici and axios; then new TLS connections, against wrk
 * with new TLS connections.
 */
final class WebhookBench implements Bench {
  private static final int ENDPOINTS = 50_000;
  private static final int SHARE_OF_TLS = 12;
  private static final int CONNECTIONS = 128;
  private static final int AXIOS_REQUESTS = 6_000;
  private static final int UNDICI_REQUESTS = 40_000;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final String WORDS =
      "Requests to the web application fail or are slow. ".repeat(29);

  /** About as long as an event with those words. */
  private static final String BODY = new JsonObject().put("body", "x".repeat(1_980)).encode();

  @Override
  public Line run(Workbench workbench) throws Exception {
    int recipients = workbench.options().recipients(ENDPOINTS);
    int overTls = Math.max(1, recipients / SHARE_OF_TLS);
    HookCertificate certificate = HookCertificate.make();
    Nginx nginx = workbench.closing(Nginx.start(certificate));
    Endpoints.settle(workbench.database(), recipients, overTls, nginx);
    Child gateway = gateway(workbench, certificate);
    gateway.ask("where");
    String plain = "http://127.0.0.1:" + nginx.plainPort() + "/hook";
    String tls = "https://127.0.0.1:" + nginx.tlsPort() + "/hook";
    Wrk keeping = new Wrk("keep-alive", BODY);
    Wrk closing = new Wrk("close", BODY);
    NodeClients node = nodeClients(workbench);
    List<Round> rounds = new ArrayList<>();
    try (Operator operator = new Operator(workbench.database())) {
      for (int i = 0; i <= workbench.options().rounds(); i++) {
        Round round =
            new Round(
                fanOut(workbench, operator, gateway, Endpoints.ONE_HOST, recipients),
                keeping.run(plain),
                node == null ? 0 : node.run("undici", plain, UNDICI_REQUESTS),
                node == null ? 0 : node.run("axios", plain, AXIOS_REQUESTS),
                fanOut(workbench, operator, gateway, Endpoints.MANY_HOSTS, overTls),
                closing.run(tls));
        workbench.progress((i == 0 ? "warm-up " : "round " + i + " ") + round.told());
        if (i > 0) {
          rounds.add(round);
        }
      }
    }
    return line(rounds);
  }

  private static Child gateway(Workbench workbench, HookCertificate certificate)
      throws IOException {
    Path hosts = Options.FOLDER.resolve("hosts");
    Files.writeString(hosts, Endpoints.hosts());
    return workbench.ours(
        List.of(
            "-Djdk.net.hosts.file=" + hosts.toAbsolutePath(),
            "-Djavax.net.ssl.trustStore=" + certificate.trust(),
            "-Djavax.net.ssl.trustStorePassword=" + HookCertificate.PASSWORD),
        Map.of(
            "TOCSIN_WEBHOOK_ALLOW",
            Endpoints.allowed(),
            "TOCSIN_WEBHOOK_CONNECTIONS",
            Integer.toString(CONNECTIONS)),
        GatewayMain.class);
  }

  private static @Nullable NodeClients nodeClients(Workbench workbench)
      throws InterruptedException {
    try {
      return NodeClients.install(BODY);
    } catch (IOException missing) {
      workbench.progress("without undici and axios: " + missing.getMessage());
      return null;
    }
  }

  private static Reading fanOut(
      Workbench workbench, Operator operator, Child gateway, String component, int recipients)
      throws Exception {
    operator.forgetEverything();
    Meter meter = Meter.start(workbench.database(), List.of(gateway.handle()));
    operator.post(component, WORDS);
    Deadline deadline = Deadline.in(LONGEST);
    while (workbench.database().number("select coalesce(sum(sent), 0) from chunk") < recipients) {
      deadline.check("webhooks to " + component);
      TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
    }
    return meter.read(recipients);
  }

  /** What all did right after each other; a rate of 0 is of a client that is not there. */
  private record Round(
      Reading ours, double wrk, double undici, double axios, Reading oursTls, double wrkTls) {
    String told() {
      return "ours %.0f wrk %.0f undici %.0f axios %.0f, new TLS ours %.0f wrk %.0f /s"
          .formatted(ours.perSecond(), wrk, undici, axios, oursTls.perSecond(), wrkTls);
    }
  }

  private static Line line(List<Round> rounds) {
    Line line =
        new Line()
            .withRate("ours", Medians.of(rounds, round -> round.ours().perSecond()))
            .withRate("reference", Medians.of(rounds, Round::wrk))
            .with("ratio", "%.2f", ratio(rounds, Round::wrk))
            .with("cpu", "%.2f", Medians.of(rounds, round -> round.ours().cpuEach()));
    if (rounds.getFirst().undici() > 0) {
      line.with("undici", "%.2f", ratio(rounds, Round::undici))
          .with("axios", "%.2f", ratio(rounds, Round::axios));
    }
    return line.withRate("tls", Medians.of(rounds, round -> round.oursTls().perSecond()))
        .withRate("tlsreference", Medians.of(rounds, Round::wrkTls))
        .with(
            "tlsratio",
            "%.2f",
            Medians.of(rounds, round -> round.oursTls().perSecond() / round.wrkTls()))
        .with("tlscpu", "%.0f", Medians.of(rounds, round -> round.oursTls().cpuEach()))
        .with(
            "rss",
            "%.0f",
            rounds.stream().mapToDouble(round -> round.ours().megabytes()).max().orElseThrow())
        .with("rounds", rounds.size())
        .with("pgcpu", "%.2f", Medians.of(rounds, round -> round.ours().databaseCpuEach()));
  }

  private static double ratio(List<Round> rounds, Function<Round, Double> reference) {
    return Medians.of(rounds, round -> round.ours().perSecond() / reference.apply(round));
  }
}
