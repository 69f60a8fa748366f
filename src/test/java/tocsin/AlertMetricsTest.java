package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
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
  void everyMetricOfAnAlertOrAPanelIsExposedByANewGateway() {
    try (EndpointWorld world = new EndpointWorld(Map.of())) {
      world.call("GET", "/v1/incidents/none", null);
      Set<String> exposed = names(EXPOSED, world.metrics("*/*"), 1);

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
    try (EndpointWorld world = new EndpointWorld(Map.of())) {
      world.call("GET", "/v1/incidents/none", null);
      world.call("GET", "/u/none", null);
      for (URI asked : world.servers()) {
        try (Socket socket = new Socket(asked.getHost(), asked.getPort())) {
          socket
              .getOutputStream()
              .write(
                  "INVENTED /invented HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
          socket.getInputStream().readAllBytes();
        }
      }

      assertThat(world.metrics("*/*").lines())
          .anyMatch(line -> line.startsWith("tocsin_request_seconds_count{"))
          .anyMatch(
              line -> line.startsWith("tocsin_path_seconds_count{path=\"/u/*\",status=\"4xx\""))
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

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
