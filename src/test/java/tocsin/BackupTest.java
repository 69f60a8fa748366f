package tocsin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tocsin.config.DatabaseUrl;
import tocsin.store.TestDatabase;

/** What a gateway kept is there again, all or nothing, and tells nobody anything by itself. */
class BackupTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final DatabaseUrl url = TestDatabase.url();
  private final DatabaseUrl other = TestDatabase.url();
  @TempDir private Path folder;
  private EndpointWorld world;
  private Path file;

  @BeforeEach
  void start() {
    world = new EndpointWorld(Map.of(), url);
    file = folder.resolve("tocsin.zip");
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aRestoredGatewayHasEverythingAndResumesOnlyWhenItIsTold() {
    int done = world.subscribed();
    world.published("told", "investigating");
    Awaitility.await().until(() -> world.account("told", 1).getInteger("sent") == 1);
    world.answers(503);
    world.published("waits", "investigating");
    Awaitility.await().until(() -> world.number("select count(*) from retry") == 1);

    assertThat(run("backup", url)).as(err::toString).isZero();
    assertThat(run("restore", other)).as(err::toString).isZero();
    assertThat(out.toString(UTF_8)).contains("backup file=", "restored file=", "rows=");

    String before = subscriber(done);
    String told = world.account("told", 1).encode();
    world.close();
    world = new EndpointWorld(Map.of(), other);
    assertThat(subscriber(done)).isEqualTo(before);
    assertThat(world.account("told", 1).encode()).isEqualTo(told);
    assertThat(world.number("select count(*) from incident_update where control = 'paused'"))
        .isEqualTo(1);
    assertThat(world.account("waits", 1).getInteger("sent")).isZero();
    assertThat(world.subscribed("address", "http://127.0.0.1:1/new")).isGreaterThan(done + 100_000);

    assertThat(
            world.number(
                """
                select count(*) from pg_sequences
                where schemaname = current_schema() and coalesce(last_value, 0) < 100000
                """))
        .as("numbers that may be given out again")
        .isZero();

    world.call("POST", "/v1/incidents/waits/updates/1/resume", "{}");
    Awaitility.await()
        .until(() -> world.number("select count(*) from retry where attempts > 1") == 1);
  }

  @Test
  void onlyItsOwnerMayReadABackupAndNoneIsReplacedByAccident() throws IOException {
    assertThat(run("backup", url)).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");

    assertThat(run("backup", url)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("--replace");
    assertThat(run("backup --replace", url)).isZero();
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void nothingIsRestoredOverWhatIsKept() {
    world.subscribed();
    assertThat(run("backup", url)).isZero();

    assertThat(run("restore", url)).isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("is not empty").doesNotContain("Exception");
  }

  @Test
  void ofADamagedBackupNothingIsRestored() throws IOException {
    world.subscribed();
    assertThat(run("backup", url)).isZero();
    byte[] whole = Files.readAllBytes(file);
    byte[] bent = whole.clone();
    bent[new String(whole, ISO_8859_1).indexOf("subscriber") + 40] ^= 0x55;

    for (byte[] damaged :
        new byte[][] {
          {}, "no zip".getBytes(UTF_8), Arrays.copyOf(whole, whole.length - 100), bent
        }) {
      Files.write(file, damaged);
      err.reset();
      assertThat(run("restore", other)).isEqualTo(1);
      assertThat(err.toString(UTF_8))
          .contains(file.toString())
          .containsAnyOf("no whole backup", "is damaged")
          .doesNotContain("Exception", "\tat ");
    }

    Files.write(file, whole);
    assertThat(run("restore", other)).as(err::toString).isZero();
  }

  @Test
  void whatANewerVersionMadeIsLeftToIt() throws IOException {
    assertThat(run("backup", url)).isZero();
    try (FileSystem zip = FileSystems.newFileSystem(file)) {
      Path manifest = zip.getPath("manifest.json");
      Files.writeString(
          manifest,
          Files.readString(manifest).replaceFirst("\"schema\" : \"[^\"]*", "\"schema\" : \"9999"));
    }

    assertThat(run("restore", other)).isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("has schema 9999: a newer Tocsin made it");
  }

  @Test
  void aDiskThatIsFullIsNamedAndNothingIsLeftOfTheBackup() throws Exception {
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, 1)) {
      disk.fill();
      file = disk.folder().resolve("tocsin.zip");

      assertThat(run("backup", url)).isEqualTo(1);

      assertThat(err.toString(UTF_8)).contains("No space left on device");
      assertThat(file.resolveSibling("tocsin.zip.unfinished")).doesNotExist();
    }
  }

  @Test
  void whereNoGatewayWorkedThereIsNothingToBackUp() {
    Path unused = folder.resolve("unused");

    assertThat(run("backup", file.toString(), Map.of("TOCSIN_DATA_DIR", unused.toString())))
        .isEqualTo(1);

    assertThat(err.toString(UTF_8)).contains("No gateway has worked in data.dir " + unused);
    assertThat(unused).doesNotExist();
  }

  @Test
  void theEmbeddedServerIsBackedUpWhetherItRunsOrNot() {
    Map<String, String> embedded = Map.of("TOCSIN_DATA_DIR", folder.resolve("data").toString());
    assertThat(run("migrate", "", embedded)).as(err::toString).isZero();

    assertThat(run("backup", file.toString(), embedded)).as(err::toString).isZero();
    assertThat(
            run(
                "restore",
                file.toString(),
                Map.of("TOCSIN_DATA_DIR", folder.resolve("new").toString())))
        .as(err::toString)
        .isZero();
  }

  /** Without the health of its endpoint, which is noted when there is time for it. */
  private String subscriber(int id) {
    JsonObject json = EndpointWorld.json(world.call("GET", "/v1/subscribers/" + id, null));
    json.remove("health");
    return json.encode();
  }

  private int run(String command, DatabaseUrl database) {
    return run(
        command, file.toString(), Map.of("TOCSIN_DATABASE_URL", EndpointWorld.written(database)));
  }

  private int run(String command, String argument, Map<String, String> environment) {
    Shell shell =
        new Shell(
            environment,
            folder,
            InputStream.nullInputStream(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return Main.commandLine(shell).execute((command + " " + argument).strip().split(" ", -1));
  }
}
