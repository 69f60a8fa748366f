package tocsin.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Subscribers imported through the API of a gateway; the reference is COPY of the same rows into a
 * table of the same columns, without indexes.
 */
final class ImportBench implements Bench {
  private static final int LINES = 200_000;
  private static final Path NDJSON = Options.FOLDER.resolve("import.ndjson");
  private static final Path ROWS = Options.FOLDER.resolve("import.copy");

  @Override
  public Line run(Workbench workbench) throws Exception {
    BenchDatabase database = workbench.database();
    int lines = workbench.options().recipients(LINES);
    write(lines);
    database.run("insert into component (id, name) values ('web', 'Web'), ('reports', 'Reports')");
    database.run("insert into region (id, name) values ('emea', 'EMEA'), ('apac', 'APAC')");
    database.run("create table copied (like subscriber)");
    Child gateway = workbench.ours(GatewayMain.class);
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI target = URI.create(gateway.ask("where") + "/v1/subscribers/import");
      return Turns.play(
              workbench,
              () -> {
                database.run("truncate subscriber");
                database.run("checkpoint");
                Meter meter = Meter.start(database, List.of(gateway.handle()));
                post(http, target, lines);
                return meter.read(lines);
              },
              () -> {
                CopyManager copy = database.connection().unwrap(PGConnection.class).getCopyAPI();
                unload(copy);
                database.run("truncate copied");
                database.run("checkpoint");
                Meter meter = Meter.start(database, List.of());
                load(copy);
                return meter.read(lines);
              })
          .line();
    }
  }

  private static void write(int lines) throws IOException {
    try (BufferedWriter file = Files.newBufferedWriter(NDJSON)) {
      for (int n = 0; n < lines; n++) {
        file.write(
            """
            {"channel": "email", "address": "person.%d@domain-%d.example", "locale": "%s", \
            "timeZone": "Europe/Berlin", "components": ["%s"], "regions": ["emea", "apac"], \
            "consent": {"source": "contract", "at": "2026-01-02T09:00:00Z"}}
            """
                .formatted(n, n % 1_000, n % 2 == 0 ? "en" : "de", n % 3 == 0 ? "reports" : "web"));
      }
    }
  }

  private static void post(HttpClient http, URI target, int lines)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(target)
                .header("Authorization", "Bearer " + GatewayMain.KEY)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofFile(NDJSON))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (!answer.body().contains("\"imported\":" + lines + ",")) {
      throw new IOException("not all were imported: " + answer.body());
    }
  }

  private static void unload(CopyManager copy) throws Exception {
    try (OutputStream file = Files.newOutputStream(ROWS)) {
      copy.copyOut("copy subscriber to stdout", file);
    }
  }

  private static void load(CopyManager copy) throws Exception {
    try (InputStream file = Files.newInputStream(ROWS)) {
      copy.copyIn("copy copied from stdin", file);
    }
  }
}
