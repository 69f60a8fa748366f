package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What alerts and the dashboard look at is there from the start, before anything has happened. */
class AlertMetricsTest {
  private static final Pattern NAME = Pattern.compile("\\b(tocsin|jvm)_[a-z_]+");
  private static final Pattern EXPOSED = Pattern.compile("(?m)^([a-z_]+)[{ ]");

  /** Only known once somebody was told, or had to wait; an alert on them compares what is there. */
  private static final Set<String> LATER =
      Set.of("tocsin_failures_total", "tocsin_complaints_total", "tocsin_permit_wait_seconds_sum");

  @Test
  void everyMetricOfAnAlertOrAPanelIsExposedByANewGateway() throws Exception {
    int management = freePort();
    try (EndpointWorld world =
        new EndpointWorld(Map.of("TOCSIN_MANAGEMENT_PORT", Integer.toString(management)))) {
      world.call("GET", "/v1/incidents/none", null);
      Set<String> exposed = names(EXPOSED, metrics(management), 1);

      Path chart = Path.of("helm", "tocsin");
      Set<String> looked =
          Stream.of("templates/prometheusrule.yaml", "dashboards/tocsin.json")
              .map(file -> read(chart.resolve(file)))
              .flatMap(text -> names(NAME, text, 0).stream())
              .collect(Collectors.toCollection(TreeSet::new));
      looked.removeAll(LATER);

      assertThat(looked).hasSizeGreaterThan(8);
      assertThat(exposed).containsAll(looked);
    }
  }

  @Test
  void everyOperationOfAnAlertIsOne() {
    String rule = read(Path.of("helm", "tocsin", "templates", "prometheusrule.yaml"));
    Set<String> looked =
        names(Pattern.compile("operation=~\"([A-Za-z|]+)\""), rule, 1).stream()
            .flatMap(words -> Stream.of(words.split("\\|", -1)))
            .collect(Collectors.toSet());

    assertThat(looked).isNotEmpty();
    assertThat(
            names(
                Pattern.compile("operationId: (\\w+)"),
                read(Path.of("src", "main", "resources", "openapi.yaml")),
                1))
        .containsAll(looked);
  }

  @Test
  void nobodyCanInventALabel() throws Exception {
    int management = freePort();
    int port = freePort();
    try (EndpointWorld world =
        new EndpointWorld(
            Map.of(
                "TOCSIN_MANAGEMENT_PORT", Integer.toString(management),
                "TOCSIN_HTTP_PORT", Integer.toString(port)))) {
      world.call("GET", "/v1/incidents/none", null);
      for (int asked : new int[] {port, management}) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), asked)) {
          socket
              .getOutputStream()
              .write(
                  "INVENTED /invented HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
          socket.getInputStream().readAllBytes();
        }
      }

      assertThat(metrics(management).lines())
          .anyMatch(line -> line.startsWith("tocsin_request_seconds_count{"))
          .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("invented"));
    }
  }

  private static Set<String> names(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(group))
        .collect(Collectors.toSet());
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
