package tocsin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final String KEY = "0123456789abcdef";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "chek-config",
        "check-config --confg x",
        "check-config x",
        "migrate x",
        "ready localhost:9090",
        "subscribers",
        "subscribers import",
        "subscribers import a b",
        "subscribers export --url ::"
      })
  void whatIsNotUnderstoodEndsWithTwo(String arguments) {
    assertThat(run(Map.of(), arguments)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("See tocsin").doesNotContain("Exception");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void whetherAGatewayIsReadyIsAnExitCode() throws IOException {
    HttpServer management =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] status = {200};
    management.createContext(
        "/readyz",
        exchange -> {
          byte[] word = (status[0] == 200 ? "ready" : "draining").getBytes(UTF_8);
          exchange.sendResponseHeaders(status[0], word.length);
          exchange.getResponseBody().write(word);
          exchange.close();
        });
    management.start();
    String url = "http://127.0.0.1:" + management.getAddress().getPort();
    try {
      assertThat(run(Map.of(), "ready " + url)).isZero();
      status[0] = 503;
      assertThat(run(Map.of(), "ready " + url)).isEqualTo(1);
      assertThat(out.toString(UTF_8)).contains("ready", "draining");
    } finally {
      management.stop(0);
    }
    assertThat(run(Map.of(), "ready " + url)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("does not answer: nobody listens there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "replay",
        "check-config",
        "migrate",
        "ready",
        "backup",
        "restore",
        "subscribers",
        "subscribers import",
        "subscribers export"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(run(Map.of(), command + " --help")).isZero();
    assertThat(out.toString(UTF_8)).contains("Usage: tocsin " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "subscribers "})
  void theListOfCommandsHasASentenceOnEach(String command) {
    assertThat(run(Map.of(), command + "--help")).isZero();
    assertThat(out.toString(UTF_8).split("Commands:\n", 2)[1].lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).matches("  [a-z-]+ +[A-Z].*\\."));
  }

  @Test
  void theVersionIsTold() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("tocsin ");
  }

  @Test
  void checkConfigPrintsWhatCountsWhereItIsFromAndNoSecret() throws IOException {
    Files.writeString(
        folder.resolve("tocsin.properties"),
        "smtp.host=mail.example.com\nmail.from=a@example.com\n");

    assertThat(run(Map.of("TOCSIN_ADMIN_KEY", KEY), "check-config")).isZero();

    String printed = out.toString(UTF_8);
    assertThat(printed)
        .contains("tocsin.properties]\nsmtp.host=mail.example.com\n")
        .contains("[environment TOCSIN_ADMIN_KEY]\nadmin.key=***\n")
        .contains("[default]\nhttp.port=8080\n")
        .doesNotContain(KEY);
    assertThat(err.toString(UTF_8)).startsWith("Caution: public.url is http://localhost:8080");
    var readAgain = new Properties();
    readAgain.load(new java.io.StringReader(printed));
    assertThat(readAgain).hasSize(tocsin.config.Key.values().length);
  }

  @Test
  void checkConfigTellsEveryProblemAndEndsWithOne() {
    assertThat(run(Map.of("TOCSIN_HTTP_PORT", "x", "TOCSIN_SMTP_PORT", "y"), "check-config"))
        .isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8))
        .startsWith("2 problems with the settings:\n")
        .contains("http.port", "smtp.port")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void aSettingsFileThatIsNamedMustBeThere() {
    assertThat(run(Map.of(), "check-config --config absent.properties")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("absent.properties").contains("no such file");
  }

  @Test
  void anImportTellsItsCountsAndEndsWithOneIfALineWasRejected() throws IOException {
    Path file = Files.writeString(folder.resolve("a.ndjson"), "{}\n{}\n");
    String report =
        """
        {"imported": 1, "updated": 0, "rejected": [{"line": 2, "field": "address", "detail": "missing"}]}
        """;
    var gateway = new FixedAnswer(200, report, report.length());
    try (gateway) {
      assertThat(run(gateway.environment(), "subscribers import " + file)).isEqualTo(1);
    }
    assertThat(gateway.received)
        .isEqualTo("POST /v1/subscribers/import Bearer " + KEY + " {}\n{}\n");
    assertThat(out.toString(UTF_8)).isEqualTo("imported=1\nupdated=0\n");
    assertThat(err.toString(UTF_8)).isEqualTo("line 2: address: missing\n");
  }

  @Test
  void anImportReadsTheStandardInput() throws IOException {
    String report = "{\"imported\": 1, \"updated\": 0, \"rejected\": []}";
    var gateway = new FixedAnswer(200, report, report.length());
    try (gateway) {
      assertThat(run(gateway.environment(), "subscribers import -")).isZero();
    }
    assertThat(gateway.received).endsWith("from stdin");
  }

  @Test
  void anExportIsPrintedAsItComes() throws IOException {
    try (var gateway = new FixedAnswer(200, "{\"a\": 1}\n", 9)) {
      assertThat(run(gateway.environment(), "subscribers export")).isZero();
    }
    assertThat(out.toString(UTF_8)).isEqualTo("{\"a\": 1}\n");
  }

  @Test
  void anExportThatBreaksOffFails() throws IOException {
    try (var gateway = new FixedAnswer(200, "{\"a\": 1}\n", 100)) {
      assertThat(run(gateway.environment(), "subscribers export")).isEqualTo(1);
    }
    assertThat(err.toString(UTF_8)).contains("not complete");
  }

  @Test
  void aRefusalIsToldInTheGatewaysWords() throws IOException {
    String problem = "{\"type\": \"about:blank\", \"detail\": \"The key is not known.\"}";
    try (var gateway = new FixedAnswer(401, problem, problem.length())) {
      assertThat(run(gateway.environment(), "subscribers export")).isEqualTo(1);
    }
    assertThat(err.toString(UTF_8)).isEqualTo("The gateway answered 401: The key is not known.\n");
  }

  @Test
  void aGatewayThatIsNotThereIsNamed() throws IOException {
    Map<String, String> environment;
    try (var gateway = new FixedAnswer(200, "", 0)) {
      environment = gateway.environment();
    }
    assertThat(run(environment, "subscribers export")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("No answer from http://localhost:")
        .doesNotContain("\tat ");
  }

  private int run(Map<String, String> environment, String arguments) {
    var shell =
        new Shell(
            environment,
            folder,
            new ByteArrayInputStream("from stdin".getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return Main.commandLine(shell)
        .execute(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
  }

  /** Gives every request the same answer, cut off if it promises more than it has. */
  private static final class FixedAnswer implements AutoCloseable {
    private final HttpServer server;
    private final int status;
    private final byte[] body;
    private final int promised;
    private volatile String received = "";

    FixedAnswer(int status, String body, int promised) throws IOException {
      this.status = status;
      this.body = body.getBytes(UTF_8);
      this.promised = promised;
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
    }

    Map<String, String> environment() {
      return Map.of(
          "TOCSIN_HTTP_PORT",
          Integer.toString(server.getAddress().getPort()),
          "TOCSIN_ADMIN_KEY",
          KEY);
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        received =
            exchange.getRequestMethod()
                + " "
                + exchange.getRequestURI()
                + " "
                + exchange.getRequestHeaders().getFirst("Authorization")
                + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        exchange.sendResponseHeaders(status, promised);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
      }
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
