package tocsin.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Replays the founding incident to a generated customer base through a gateway's API, and holds
 * what the receivers got against an oracle of its own.
 */
public final class Demo {
  private static final long SEED = 20190925;

  private final DemoReceivers receivers;
  private final Chronicle chronicle;
  private final Programme programme;
  private final InstantSource clock = InstantSource.system();

  private Demo(DemoReceivers receivers, Chronicle chronicle, Programme programme) {
    this.receivers = receivers;
    this.chronicle = chronicle;
    this.programme = programme;
  }

  /**
   * Returns when every update is told, or when it is clear that one will not be.
   *
   * @param chronicle is told how it goes
   * @param gateway base URL of an empty gateway that sends to the receivers
   * @param adminKey an API key with the role admin
   * @return the exit code: 0 if exactly those were told who should be, else 1
   */
  public static int run(
      DemoReceivers receivers, Chronicle chronicle, URI gateway, String adminKey, PrintStream out)
      throws InterruptedException {
    Programme programme = new Programme(out);
    try (GatewayApi api = new GatewayApi(gateway, adminKey)) {
      return new Demo(receivers, chronicle, programme).run(api).isOk() ? 0 : 1;
    } catch (IOException e) {
      programme.fails(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private Verdict run(GatewayApi api) throws IOException, InterruptedException {
    Instant start = clock.instant();
    Recording recording = FoundingIncident.recording();
    URI hooks = URI.create("http://127.0.0.1:" + receivers.webhooks().port());
    DemoWorld world = WorldGenerator.generate(new SplittableRandom(SEED), hooks);
    chronicle.begin(world);
    programme.begins(world);
    Enrolment enrolment = new Enrolment(api, receivers);
    enrolment.catalogue(world);
    enrolment.subscribers(world);

    Stage stage = new Stage(api, enrolment, world, recording, clock);
    for (int sequence = 1; stage.hasNext(); sequence++) {
      Played played = stage.play(sequence);
      chronicle.played(played);
      programme.told(played);
    }

    List<Arrival> arrivals = receivers.arrivals().all();
    Verdict verdict = judge(world, recording, arrivals);
    chronicle.end(verdict);
    programme.received(world.regions().keySet(), byRegion(arrivals));
    programme.ends(verdict, arrivals.size(), Duration.between(start, clock.instant()));
    return verdict;
  }

  private Verdict judge(DemoWorld world, Recording recording, List<Arrival> arrivals) {
    Expectation expectation = Oracle.expect(world, recording);
    List<Difference> differences =
        new ArrayList<>(Comparison.of(expectation, world.everybody(), arrivals));
    differences.addAll(Bookkeeping.of(chronicle.played(), arrivals));
    return new Verdict(expectation.required().size(), differences);
  }

  private Map<String, Long> byRegion(List<Arrival> arrivals) {
    return arrivals.stream()
        .map(arrival -> chronicle.at(arrival.address()))
        .filter(Objects::nonNull)
        .collect(Collectors.groupingBy(DemoSubscriber::region, Collectors.counting()));
  }
}
