package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tocsin.demo.DemoReceivers;
import tocsin.store.TestDatabase;

/**
 * The image's layers started by its entry point, as its user where the test may become that, with
 * nothing to write to but data and temporary files: it tells of an update and ends with 0.
 */
class ImageTest {
  private static final String USER = "10001";
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private final Vertx vertx = Vertx.vertx();
  private final DemoReceivers receivers = DemoReceivers.start(vertx);
  @TempDir private Path folder;
  private Path temp;
  private ImageLayers layers;

  @BeforeEach
  void assemble() throws IOException {
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    layers = ImageLayers.compiled(Files.createDirectory(folder.resolve("app")), scratch);
    Files.writeString(config(), "mail.from=Status <status@example.com>\n");
    temp = writable("temp");
  }

  @Test
  void aDatabaseOfItsOwnIsKeptInTheDataFolder() throws Exception {
    Path data = writable("data");

    runs(data, Map.of());

    assertThat(data.resolve("postgresql")).isDirectory();
  }

  @Test
  void aDatabaseElsewhereLeavesTheDataFolderAlone() throws Exception {
    runs(temp, Map.of("TOCSIN_DATABASE_URL", EndpointWorld.written(TestDatabase.url())));

    assertThat(temp.resolve("postgresql")).doesNotExist();
  }

  @Test
  void aCacheThatDoesNotFitTheJreIsPassedOver() throws Exception {
    Path cache = Files.writeString(layers.cache().resolve(ImageLayers.CACHE), "of another JRE");
    ImageLayers.use(cache, layers.cache());

    runs(temp, Map.of("TOCSIN_DATABASE_URL", EndpointWorld.written(TestDatabase.url())));

    assertThat(temp.resolve("gateway.log")).content().contains("AOT cache");
  }

  private void runs(Path data, Map<String, String> settings) throws Exception {
    Map<String, String> environment = new HashMap<>(receivers.environment());
    environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temp);
    environment.put("HOME", "/nonexistent");
    environment.putAll(settings);
    seal();
    List<String> before = unwritable();
    try (GatewayProcess gateway = new GatewayProcess(data, environment, command())) {
      gateway.awaitReady();
      FirstUpdate.publish(gateway, 1);
      assertThat(FirstUpdate.account(gateway).getInteger("sent")).isEqualTo(1);

      assertThat(gateway.stop()).isZero();
    }
    assertThat(unwritable()).isEqualTo(before);
  }

  private List<String> command() throws Exception {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(
          List.of("setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--no-new-privs"));
      command.addAll(List.of("--bounding-set", "-all", "--inh-caps", "-all"));
    }
    command.addAll(layers.entrypoint(Path.of(System.getProperty("java.home"), "bin", "java")));
    command.addAll(List.of("serve", "--config", config().toString()));
    return command;
  }

  private Path config() {
    return folder.resolve("tocsin.properties");
  }

  private Path writable(String name) throws IOException {
    Path made = Files.createDirectory(folder.resolve(name));
    if (ROOT) {
      Files.setAttribute(made, "unix:uid", Integer.parseInt(USER));
    }
    return made;
  }

  private void seal() throws IOException {
    allow(folder, "r-xr-xr-x");
    try (Stream<Path> tree = Files.walk(layers.app())) {
      for (Path path : tree.toList()) {
        allow(path, Files.isDirectory(path) ? "r-xr-xr-x" : "r--r--r--");
      }
    }
  }

  private List<String> unwritable() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(path -> !path.startsWith(folder.resolve("data")))
          .filter(path -> !path.startsWith(temp))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  @AfterEach
  void open() throws IOException {
    receivers.close();
    vertx.close().await();
    allow(folder, "rwx------");
    try (Stream<Path> tree = Files.walk(layers.app())) {
      for (Path path : tree.filter(Files::isDirectory).toList()) {
        allow(path, "rwx------");
      }
    }
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
