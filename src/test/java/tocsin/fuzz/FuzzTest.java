package tocsin.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.fuzz.Reply.Answered;

/** Whatever comes to the public port is answered as promised, and the gateway goes on. */
class FuzzTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 8);

  private static final int TRIES = 25;

  /** Than a well-formed request: a signature, a failure before, a version just read. */
  private static final Set<String> NEED_MORE =
      Set.of(
          "POST /preferences/{token}",
          "getAttempt",
          "mailgunEvents",
          "replayToSubscriber",
          "requeueDelivery",
          "sendGridEvents",
          "sesEvents");

  private static final Document document = Document.load();
  private static final List<Target> targets = targets();
  private static final FuzzedGateway gateway = new FuzzedGateway();

  private static final LoggedErrors errors = LoggedErrors.listen();

  @AfterAll
  static void close() {
    errors.close();
    gateway.close();
  }

  private static List<Target> targets() {
    System.out.println("FuzzTest seed=" + SEED);
    List<Target> all = new ArrayList<>(document.targets());
    all.addAll(PublicPaths.targets());
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void everyRequestIsAnsweredAsPromisedAndTheGatewayWorksAfterwards(Intent intent) {
    Random random = new Random(SEED ^ intent.name().hashCode());
    Requests requests = new Requests(gateway, document, random);
    Promises promises = new Promises(document.problemTypes());
    Map<String, String> broken = new LinkedHashMap<>();

    for (int round = 0; round < ROUNDS; round++) {
      for (Target target : targets) {
        HttpMessage request = intent.request(target, requests, random);
        Reply reply = gateway.send(request);
        promises
            .broken(request, reply)
            .or(errors::next)
            .ifPresent(
                what -> broken.putIfAbsent(target + ": " + what, request + "\n" + reply + "\n"));
      }
    }

    assertThat(broken).as("seed %d", SEED).isEmpty();
    gateway.works();
  }

  /** Else the fuzz would only see how requests are refused. */
  @Test
  void requestsAsTheyAreMeantGetThrough() {
    Set<String> refused = new TreeSet<>();
    try (FuzzedGateway fresh = new FuzzedGateway()) {
      Requests requests = new Requests(fresh, document, new Random(SEED));
      targets.stream()
          .filter(target -> !isTaken(target, requests, fresh))
          .forEach(target -> refused.add(target.name()));
    }

    assertThat(refused).as("seed %d", SEED).isSubsetOf(NEED_MORE);
  }

  private static boolean isTaken(Target target, Requests requests, FuzzedGateway fresh) {
    return IntStream.range(0, TRIES)
        .mapToObj(i -> fresh.send(requests.of(target)))
        .anyMatch(reply -> reply instanceof Answered answer && answer.status() < 400);
  }
}
