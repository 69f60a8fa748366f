package tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tocsin.demo.DemoReceivers;
import tocsin.store.EmbeddedPostgres;
import tocsin.store.StoreException;

/** On one machine, the disk under the gateway may fill up. */
class FullDiskTest {
  private static final int SUBSCRIBERS = 3_000;
  private static final String UPDATE =
      """
      {"title": "Web unreachable", "update": {"status": "investigating", "impact": "major",
        "body": "We are looking into it.", "affects": [{"component": "web"}]}}
      """;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void whatWasAcceptedIsSentWhenThereIsRoomAgain(@TempDir Path folder) throws Exception {
    List<String> accepted = new ArrayList<>();
    try (SmallDisk disk = SmallDisk.mount(folder, 400);
        DemoReceivers receivers = DemoReceivers.start(vertx);
        GatewayProcess gateway = new GatewayProcess(folder, receivers.environment())) {
      gateway.awaitReady();
      gateway.send("PUT", "/v1/components/web", "application/json", "{\"name\": \"Web\"}");
      subscribe(gateway, "before");
      accepted.add(publish(gateway));
      Awaitility.await().until(() -> receivers.arrivals().count() > 0);

      disk.fill();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  subscribe(gateway, "during" + i);
                }
              })
          .hasMessageStartingWith("503 ")
          .hasMessageContaining("the disk of the database is full");
      for (int i = 0; i < 5; i++) {
        publishIfTaken(gateway, accepted);
      }
      assertThat(Files.readString(folder.resolve("gateway.log"))).contains(" disk.");

      disk.makeRoom();
      for (String update : accepted) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> "done".equals(gateway.get(update).getString("progress")));
        JsonObject account = gateway.get(update).getJsonObject("deliveries").getJsonObject("email");
        assertThat(account.getInteger("sent") + account.getInteger("superseded"))
            .isEqualTo(account.getInteger("audience"))
            .isGreaterThanOrEqualTo(SUBSCRIBERS);
      }
      assertThat(gateway.stop()).isZero();
    }
  }

  @Test
  void withoutRoomTheGatewaySaysSoInsteadOfBreakingHalfway(@TempDir Path folder) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, 32)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(disk.folder()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("MB left")
          .hasMessageContaining("make room and start again");
      assertThat(folder.resolve("postgresql")).doesNotExist();
    }
  }

  private static void subscribe(GatewayProcess gateway, String prefix) throws Exception {
    gateway.send(
        "POST",
        "/v1/subscribers/import",
        "application/x-ndjson",
        IntStream.range(0, SUBSCRIBERS)
            .mapToObj(i ->
                "{\"channel\": \"email\", \"address\": \"%s%d@example.com\"}".formatted(prefix, i))
            .collect(Collectors.joining("\n")));
  }

  private static String publish(GatewayProcess gateway) throws Exception {
    JsonObject update = gateway.send("POST", "/v1/incidents", "application/json", UPDATE);
    return "/v1/incidents/" + update.getString("incident") + "/updates/1";
  }

  private static void publishIfTaken(GatewayProcess gateway, List<String> accepted)
      throws Exception {
    try {
      accepted.add(publish(gateway));
    } catch (IOException refused) {
      assertThat(refused).hasMessageStartingWith("503 ");
    }
  }
}
