package tocsin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tocsin.config.SettingsException;

/** Sends a file of subscribers to a running gateway and tells what became of its lines. */
@Command(
    name = "import",
    description = {
      "Adds or updates subscribers, one JSON object a line.",
      "Good lines are kept, bad ones are told. Ends with 1 if there was a bad one."
    },
    footer = {
      "",
      "Examples:",
      "  tocsin subscribers import customers.ndjson",
      "  zcat all.ndjson.gz | tocsin subscribers import - --url https://tocsin.example.com",
      "",
      "A line:",
      "  {\"channel\": \"email\", \"address\": \"ada@example.com\", \"regions\": [\"emea\"],",
      "   \"consent\": {\"source\": \"contract\", \"at\": \"2026-01-02T09:00:00Z\"}}"
    })
final class SubscribersImportCommand implements Callable<Integer> {
  private static final int REJECTED_SHOWN = 20;
  private static final Path STDIN = Path.of("-");

  private final Shell shell;
  @Mixin private final GatewayOption gateway;

  @Parameters(paramLabel = "FILE", description = "The file; - is the standard input.")
  private Path file = STDIN;

  SubscribersImportCommand(Shell shell) {
    this.shell = shell;
    this.gateway = new GatewayOption(shell);
  }

  @Override
  public Integer call() throws SettingsException, FailedException {
    GatewayClient client = gateway.client();
    Path path = shell.directory().resolve(file);
    if (!file.equals(STDIN) && !(Files.isReadable(path) && Files.isRegularFile(path))) {
      throw new FailedException("There is no file " + file + " to read.");
    }
    JsonNode report =
        client.post(
            "/v1/subscribers/import",
            "application/x-ndjson",
            BodyPublishers.ofInputStream(() -> opened(path)));
    return print(report);
  }

  private InputStream opened(Path path) {
    try {
      InputStream lines = file.equals(STDIN) ? shell.in() : Files.newInputStream(path);
      return new ProgressStream(lines, shell.err(), InstantSource.system());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private int print(JsonNode report) {
    report.properties().stream()
        .filter(entry -> entry.getValue().isNumber())
        .forEach(entry -> shell.out().println(entry.getKey() + "=" + entry.getValue()));
    JsonNode rejected = report.path("rejected");
    for (int i = 0; i < Math.min(rejected.size(), REJECTED_SHOWN); i++) {
      JsonNode line = rejected.get(i);
      shell
          .err()
          .printf(
              "line %s: %s%s%n",
              line.path("line").asText(),
              line.has("field") ? line.path("field").asText() + ": " : "",
              line.path("detail").asText());
    }
    if (rejected.size() > REJECTED_SHOWN) {
      shell.err().printf("and %d more%n", rejected.size() - REJECTED_SHOWN);
    }
    return rejected.isEmpty() ? 0 : 1;
  }
}
