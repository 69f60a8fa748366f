package tocsin;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;

/** A gateway in a process of its own, as an operator runs it: {@code tocsin serve}. */
final class GatewayProcess implements AutoCloseable {
  static final String KEY = "a-key-for-tests-only";

  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> command;
  private final int port = Loopback.freePort();
  private final int managementPort = Loopback.freePort();
  private final HttpClient http = HttpClient.newHttpClient();
  private String newer = "";
  private Process process;

  GatewayProcess(Path folder, Map<String, String> environment) throws IOException {
    this(folder, environment, List.of());
  }

  /**
   * @param command that starts it; empty: from the class path of this test
   */
  GatewayProcess(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    this.folder = folder;
    this.command = List.copyOf(command);
    this.environment = new HashMap<>(environment);
    this.environment.put("TOCSIN_HTTP_HOST", "127.0.0.1");
    this.environment.put("TOCSIN_HTTP_PORT", Integer.toString(port));
    this.environment.put("TOCSIN_MANAGEMENT_PORT", Integer.toString(managementPort));
    this.environment.put("TOCSIN_PUBLIC_URL", "http://127.0.0.1:" + port);
    this.environment.put("TOCSIN_DATA_DIR", folder.toString());
    this.environment.put("TOCSIN_ADMIN_KEY", KEY);
    this.process = start();
  }

  private Process start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.isEmpty() ? ofThisTest() : command);
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve("gateway.log").toFile()));
    return builder.start();
  }

  private List<String> ofThisTest() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx256m",
        "-cp",
        newer
            + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "tocsin.Main",
        "serve");
  }

  void awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(() ->
            http.send(
                        HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + managementPort + "/readyz"))
                            .build(),
                        HttpResponse.BodyHandlers.discarding())
                    .statusCode()
                == 200);
  }

  /** SIGKILL, so nothing of the JVM's own runs any more; then a new one on the same data. */
  void killAndStartAgain() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = start();
    awaitReady();
  }

  /** SIGKILL to its embedded PostgreSQL, behind its back. */
  void killDatabase() throws IOException {
    Path pid = folder.resolve("postgresql").resolve("cluster").resolve("postmaster.pid");
    ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
        .orElseThrow()
        .destroyForcibly();
  }

  /** Its exit code, once it has ended by itself; empty if it did not in time. */
  OptionalInt exitCode(Duration patience) throws InterruptedException {
    return process.waitFor(patience) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
  }

  /** SIGTERM, then one of the version that has these classes and resources as well. */
  int upgrade(Path classes) throws IOException, InterruptedException {
    int code = stop();
    newer = classes + File.pathSeparator;
    process = start();
    return code;
  }

  int port() {
    return port;
  }

  int managementPort() {
    return managementPort;
  }

  /** SIGTERM; the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  JsonObject get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  JsonObject send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + KEY)
        .timeout(Duration.ofMinutes(1));
  }

  private JsonObject send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " " + answer.body());
    }
    return new JsonObject(answer.body());
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
