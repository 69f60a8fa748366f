package tocsin.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A gateway as an operator runs it, {@code tocsin serve}, which can be killed and started again.
 */
final class GatewayNode implements AutoCloseable {
  private static final String KEY = "a-key-for-benchmarks-only";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Map<String, String> environment;
  private final HttpClient http;
  private final int port = FreePort.next();
  private final int managementPort = FreePort.next();
  private Process process;

  GatewayNode(Path folder, Map<String, String> environment, HttpClient http) throws IOException {
    this.folder = Files.createDirectories(folder).toAbsolutePath();
    this.environment = Map.copyOf(environment);
    this.http = http;
    Files.deleteIfExists(log());
    this.process = launch();
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "tocsin.Main",
            "serve");
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "TOCSIN_HTTP_HOST",
                "127.0.0.1",
                "TOCSIN_HTTP_PORT",
                Integer.toString(port),
                "TOCSIN_MANAGEMENT_PORT",
                Integer.toString(managementPort),
                "TOCSIN_PUBLIC_URL",
                "http://127.0.0.1:" + port,
                "TOCSIN_DATA_DIR",
                folder.toString(),
                "TOCSIN_ADMIN_KEY",
                KEY));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    return builder.start();
  }

  private Path log() {
    return folder.resolve("gateway.log");
  }

  /** SIGKILL, and a new one at once. */
  void killAndStart() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = launch();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  boolean isReady() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/readyz"))
              .timeout(PATIENCE)
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException down) {
      return false;
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** As Prometheus reads them. */
  String metrics() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
            .timeout(PATIENCE)
            .build();
    return http.send(request, BodyHandlers.ofString()).body();
  }

  /** Whatever the answer is, if it is 2xx. */
  void read(String path) throws IOException, InterruptedException {
    exchange(request(path).GET());
  }

  void postForm(String path, String form) throws IOException, InterruptedException {
    exchange(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** Subscribers, one a line. */
  void importLines(String lines) throws IOException, InterruptedException {
    exchange(
        request("/v1/subscribers/import")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(lines)));
  }

  /** Follows a stream of events for a moment, then hangs up. */
  void watch(String path) throws IOException, InterruptedException {
    try (InputStream events =
        http.send(request(path).GET().build(), BodyHandlers.ofInputStream()).body()) {
      events.read();
    }
  }

  /** The answer, if it is 2xx. */
  JsonObject get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonObject post(String path, String idempotencyKey, JsonObject body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", idempotencyKey)
            .POST(BodyPublishers.ofString(body.encode())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + KEY)
        .timeout(PATIENCE);
  }

  private JsonObject send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return new JsonObject(exchange(request));
  }

  private String exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
