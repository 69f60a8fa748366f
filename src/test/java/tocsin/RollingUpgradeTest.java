package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tocsin.audience.Channel;
import tocsin.config.DatabaseUrl;
import tocsin.demo.Arrival;
import tocsin.demo.DemoReceivers;
import tocsin.store.TestDatabase;

/** Three nodes behind a load balancer, replaced one after another while updates come in. */
class RollingUpgradeTest {
  private static final int NODES = 3;
  private static final int SUBSCRIBERS = 60;
  private static final Duration BETWEEN_UPDATES = Duration.ofMillis(200);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<GatewayProcess> nodes = new ArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private DemoReceivers receivers;
  private LoadBalancer balancer;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    receivers = DemoReceivers.start(vertx);
    DatabaseUrl url = TestDatabase.url();
    Map<String, String> environment = new HashMap<>(receivers.environment());
    environment.put("TOCSIN_DATABASE_URL", EndpointWorld.written(url));
    environment.put("TOCSIN_DRAIN_DELAY", "PT1S");
    for (int i = 0; i < NODES; i++) {
      nodes.add(new GatewayProcess(Files.createDirectory(folder.resolve("node" + i)), environment));
    }
    balancer = new LoadBalancer(vertx, nodes);
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(balancer::knowsAll);
  }

  @AfterEach
  void stop() {
    balancer.close();
    nodes.forEach(GatewayProcess::close);
    receivers.close();
    vertx.close().await();
  }

  @Test
  void nothingIsLostToldTwiceOrRefusedWhileASchemaChanges(@TempDir Path newer) throws Exception {
    addsAColumn(newer);
    send("PUT", "/v1/components/web", "application/json", "{\"name\": \"Web\"}");
    send(
        "POST",
        "/v1/subscribers/import",
        "application/x-ndjson",
        IntStream.range(0, SUBSCRIBERS)
            .mapToObj("{\"channel\": \"email\", \"address\": \"s%d@example.com\"}"::formatted)
            .collect(Collectors.joining("\n")));
    Thread load = Thread.ofVirtual().start(this::publishUntilItIsOver);

    for (GatewayProcess node : nodes) {
      assertThat(node.upgrade(newer)).as("exit code").isZero();
      node.awaitReady();
      Awaitility.await().until(balancer::knowsAll);
    }
    over.set(true);
    load.join();

    assertThat(refused).isEmpty();
    assertThat(accepted.get()).isGreaterThan(2 * NODES);
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> mails().size() >= expected());
    assertThat(mails()).hasSize(expected());
    assertThat(mails().stream().map(mail -> mail.address() + mail.id()).distinct())
        .hasSize(expected());
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::everyAccountSaysSo);
  }

  private boolean everyAccountSaysSo() throws IOException, InterruptedException {
    for (int n = 1; n <= accepted.get(); n++) {
      if (sent("/v1/incidents/incident-" + n + "/updates/1") != SUBSCRIBERS) {
        return false;
      }
    }
    return true;
  }

  private int expected() {
    return accepted.get() * SUBSCRIBERS;
  }

  private List<Arrival> mails() {
    return receivers.arrivals().on(Channel.EMAIL);
  }

  private int sent(String path) throws IOException, InterruptedException {
    return new JsonObject(send("GET", path, "application/json", "").body())
        .getJsonObject("deliveries")
        .getJsonObject("email")
        .getInteger("sent");
  }

  /** The migration of a version to come: older nodes go on beside it. */
  private static void addsAColumn(Path classes) throws IOException {
    Path migrations = Files.createDirectories(classes.resolve("db").resolve("migration"));
    Files.writeString(
        migrations.resolve("V1000__of_a_version_to_come.sql"),
        "alter table subscriber add column nickname text;");
  }

  private void publishUntilItIsOver() {
    while (!over.get()) {
      String id = "incident-" + (accepted.get() + 1);
      try {
        HttpResponse<String> answer =
            send(
                "POST",
                "/v1/incidents",
                "application/json",
                """
                {"id": "%s", "title": "Web", "update": {"status": "investigating",
                  "impact": "major", "body": "We look.", "affects": [{"component": "web"}]}}
                """
                    .formatted(id));
        if (answer.statusCode() == 202) {
          accepted.incrementAndGet();
        } else {
          refused.add(answer.statusCode() + " " + answer.body());
        }
        Thread.sleep(BETWEEN_UPDATES);
      } catch (IOException e) {
        refused.add(e.toString());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + balancer.port() + path))
            .header("Authorization", "Bearer " + GatewayProcess.KEY)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
