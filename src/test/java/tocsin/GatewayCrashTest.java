package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tocsin.audience.Channel;
import tocsin.demo.Arrival;
import tocsin.demo.DemoReceivers;

/** A gateway that dies, or is stopped, in the middle of a fan-out. */
class GatewayCrashTest {
  private static final int SUBSCRIBERS = 6_000;

  private final Vertx vertx = Vertx.vertx();
  private DemoReceivers receivers;

  @BeforeEach
  void listen() {
    receivers = DemoReceivers.start(vertx);
  }

  @AfterEach
  void close() {
    receivers.close();
    vertx.close().await();
  }

  @Test
  void killedInTheMiddleOfAFanOutLosesNothingAndRepeatsOnlyUnderTheSameId(@TempDir Path folder)
      throws Exception {
    try (GatewayProcess gateway = new GatewayProcess(folder, receivers.environment())) {
      gateway.awaitReady();
      FirstUpdate.publish(gateway, SUBSCRIBERS);
      arrived(SUBSCRIBERS / 4);
      gateway.killAndStartAgain();
      arrived(SUBSCRIBERS / 2);
      gateway.killAndStartAgain();

      JsonObject account = FirstUpdate.account(gateway);

      assertThat(account.getInteger("audience")).isEqualTo(SUBSCRIBERS);
      assertThat(account.getInteger("sent")).isEqualTo(SUBSCRIBERS);
      Map<String, Set<String>> idsByAddress =
          mails().stream()
              .collect(
                  Collectors.groupingBy(
                      Arrival::address, Collectors.mapping(Arrival::id, Collectors.toSet())));
      assertThat(idsByAddress).hasSize(SUBSCRIBERS);
      assertThat(idsByAddress.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    }
  }

  @Test
  void stoppedInTheMiddleOfAFanOutHandsBackItsWorkAndNobodyIsToldTwice(@TempDir Path folder)
      throws Exception {
    try (GatewayProcess gateway = new GatewayProcess(folder, receivers.environment())) {
      gateway.awaitReady();
      FirstUpdate.publish(gateway, SUBSCRIBERS);
      arrived(SUBSCRIBERS / 4);
      assertThat(gateway.stop()).isZero();
    }
    try (GatewayProcess gateway = new GatewayProcess(folder, receivers.environment())) {
      gateway.awaitReady();

      FirstUpdate.account(gateway);

      assertThat(mails()).hasSize(SUBSCRIBERS);
      assertThat(mails().stream().map(Arrival::address).distinct()).hasSize(SUBSCRIBERS);
    }
  }

  private void arrived(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> receivers.arrivals().count() >= count);
  }

  private List<Arrival> mails() {
    return receivers.arrivals().on(Channel.EMAIL);
  }
}
