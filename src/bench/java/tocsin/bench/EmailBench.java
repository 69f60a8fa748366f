package tocsin.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One update to everybody as personal mails of 8 kB, durable, by a whole gateway into Postfix's
 * smtp-sink; the references are smtp-source and, where npm can install it, nodemailer. Then the
 * same into a mail server that does less, and into one that takes chunks.
 */
final class EmailBench implements Bench {
  private static final int RECIPIENTS = 60_000;
  private static final int NODEMAILER_MAILS = 1_500;
  private static final int CONNECTIONS = 32;
  private static final int OCTETS = 8_300;
  private static final long BETWEEN_LOOKS_MILLIS = 5;
  private static final String WORDS =
      "Requests to the web application fail or are slow. ".repeat(11);

  /** What both sides did right after each other; a rate of 0 is of a client that is not there. */
  private record Round(Reading ours, double source, double nodemailer) {}

  @Override
  public Line run(Workbench workbench) throws Exception {
    int recipients = workbench.options().recipients(RECIPIENTS);
    Population.settle(workbench.database(), recipients);
    @Nullable Nodemailer nodemailer = nodemailer(workbench);
    try (Operator operator = new Operator(workbench.database())) {
      List<Round> usual;
      try (PostfixSink sink = PostfixSink.start()) {
        usual = play(workbench, operator, sink, nodemailer, "smtp-sink");
      }
      List<Round> light;
      long octets;
      try (LightSink sink = LightSink.start(workbench)) {
        light = play(workbench, operator, sink, null, "light sink");
        octets = sink.octets();
      }
      List<Round> chunks;
      try (LightSink sink = LightSink.start(workbench, "CHUNKING")) {
        chunks = play(workbench, operator, sink, null, "light sink, chunks");
      }
      workbench.progress("octets of all mails into the light sink: " + octets);
      return line(usual, light, chunks);
    }
  }

  private static @Nullable Nodemailer nodemailer(Workbench workbench) throws InterruptedException {
    try {
      return Nodemailer.install(OCTETS);
    } catch (IOException missing) {
      workbench.progress("without nodemailer: " + missing.getMessage());
      return null;
    }
  }

  private static List<Round> play(
      Workbench workbench,
      Operator operator,
      MailSink sink,
      @Nullable Nodemailer nodemailer,
      String name)
      throws Exception {
    int recipients = workbench.options().recipients(RECIPIENTS);
    SmtpSource source = new SmtpSource(sink.port(), OCTETS);
    List<Round> rounds = new ArrayList<>();
    try (Child gateway = gateway(workbench, sink)) {
      gateway.ask("where");
      for (int i = 0; i <= workbench.options().rounds(); i++) {
        Round round =
            new Round(
                fanOut(workbench, operator, gateway, recipients),
                source.run(recipients),
                nodemailer == null ? 0 : nodemailer.run(sink.port(), NODEMAILER_MAILS));
        workbench.progress(
            "%s, %s: ours %.0f, smtp-source %.0f, nodemailer %.0f /s"
                .formatted(
                    name,
                    i == 0 ? "warm-up" : "round " + i,
                    round.ours().perSecond(),
                    round.source(),
                    round.nodemailer()));
        if (i > 0) {
          rounds.add(round);
        }
      }
    }
    return rounds;
  }

  private static Child gateway(Workbench workbench, MailSink sink) throws IOException {
    return workbench.ours(
        List.of(),
        Map.of(
            "TOCSIN_SMTP_HOST",
            "127.0.0.1",
            "TOCSIN_SMTP_PORT",
            Integer.toString(sink.port()),
            "TOCSIN_SMTP_STARTTLS",
            "off",
            "TOCSIN_SMTP_CONNECTIONS",
            Integer.toString(CONNECTIONS),
            "TOCSIN_MAIL_FROM",
            "Acme Status <status@example.com>"),
        GatewayMain.class);
  }

  private static Reading fanOut(
      Workbench workbench, Operator operator, Child gateway, int recipients) throws Exception {
    operator.forgetEverything();
    Meter meter = Meter.start(workbench.database(), List.of(gateway.handle()));
    operator.post(Population.ALL, WORDS);
    while (workbench.database().number("select coalesce(sum(sent), 0) from chunk") < recipients) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
    return meter.read(recipients);
  }

  private static Line line(List<Round> usual, List<Round> light, List<Round> chunks) {
    Line line =
        new Line()
            .withRate("ours", median(usual, round -> round.ours().perSecond()))
            .withRate("reference", median(usual, Round::source))
            .with("ratio", "%.2f", median(usual, EmailBench::ratio))
            .with("cpu", "%.2f", median(usual, round -> round.ours().cpuEach()));
    if (usual.getFirst().nodemailer() > 0) {
      line.with(
          "nodemailer",
          "%.2f",
          median(usual, round -> round.ours().perSecond() / round.nodemailer()));
    }
    return line.withRate("light", median(light, round -> round.ours().perSecond()))
        .with("lightratio", "%.2f", median(light, EmailBench::ratio))
        .with("lightcpu", "%.2f", median(light, round -> round.ours().cpuEach()))
        .withRate("chunks", median(chunks, round -> round.ours().perSecond()))
        .with("chunksratio", "%.2f", median(chunks, EmailBench::ratio))
        .with("chunkscpu", "%.2f", median(chunks, round -> round.ours().cpuEach()))
        .with(
            "rss",
            "%.0f",
            light.stream().mapToDouble(round -> round.ours().megabytes()).max().orElseThrow())
        .with("rounds", usual.size())
        .with("pgcpu", "%.2f", median(light, round -> round.ours().databaseCpuEach()));
  }

  private static double ratio(Round round) {
    return round.ours().perSecond() / round.source();
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Medians.of(rounds, value);
  }
}
