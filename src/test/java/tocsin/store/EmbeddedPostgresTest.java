package tocsin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tocsin.config.DatabaseUrl;
import tocsin.config.Secret;

/** All on one data folder, which therefore also lives through many gateways. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EmbeddedPostgresTest {
  /** Not a temporary folder: nobody may enter those, and nobody may be who the server is. */
  private static final Path FOLDER = Path.of("target", "embedded-postgres-test");

  @BeforeAll
  static void beginWithNothing() throws IOException {
    Folders.delete(FOLDER);
  }

  @Test
  void whatIsCommittedIsThereAfterARestart() {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      execute(server, "create table kept as select 42 as answer");
    }
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThat(query(server, "select answer from kept")).containsExactly("42");
    }
  }

  @Test
  void whatIsAcknowledgedIsOnDisk() {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThat(query(server, "show fsync")).containsExactly("on");
      assertThat(query(server, "show synchronous_commit")).containsExactly("on");
      assertThat(query(server, "show full_page_writes")).containsExactly("on");
      assertThat(query(server, "show data_checksums")).containsExactly("on");
    }
  }

  @Test
  void itListensOnLoopbackOnlyAndSpeaksUtf8() {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThat(query(server, "show listen_addresses")).containsExactly("127.0.0.1");
      assertThat(query(server, "show unix_socket_directories")).containsExactly("");
      assertThat(query(server, "show server_encoding")).containsExactly("UTF8");
      assertThat(query(server, "select lower('ÄÉ')")).containsExactly("äé");
    }
  }

  @Test
  void nobodyEntersWithoutThePassword() throws IOException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThat(query(server, "show password_encryption")).containsExactly("scram-sha-256");
      assertThat(query(server, "select distinct auth_method from pg_hba_file_rules"))
          .containsExactly("scram-sha-256");
      assertThat(query(server, "select left(rolpassword, 14) from pg_authid where rolcanlogin"))
          .containsExactly("SCRAM-SHA-256$");
      assertThatThrownBy(() -> Jdbc.connect(withPassword(server.url(), "guess")))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
      assertThat(Files.getPosixFilePermissions(files().password()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void twoGatewaysOfOneProcessNeverShareAFolder() {
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(FOLDER))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another gateway")
          .hasMessageContaining("database.url");
      assertThat(query(server, "select 1")).containsExactly("1");
    }
  }

  @Test
  void aSecondGatewayIsRefusedWhileTheFirstLivesAndAdoptsItsServerWhenItWasKilled()
      throws Exception {
    Process killed = gateway("adopted");
    assertThatThrownBy(() -> EmbeddedPostgres.start(FOLDER))
        .hasMessageContaining("Another gateway");
    killed.destroyForcibly().waitFor();
    Postmaster orphan = Postmaster.runningOn(files()).orElseThrow();

    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThat(Postmaster.runningOn(files())).contains(orphan);
      assertThat(server.url().port()).isEqualTo(orphan.port());
      assertThat(query(server, "select answer from adopted")).containsExactly("42");
    }
    assertThat(Postmaster.runningOn(files())).isEmpty();
  }

  @Test
  void anOrphanThatDoesNotAnswerIsReplaced() throws Exception {
    gateway("replaced").destroyForcibly().waitFor();
    Postmaster orphan = Postmaster.runningOn(files()).orElseThrow();
    List<String> lines = new ArrayList<>(Files.readAllLines(files().postmasterPid()));
    lines.set(3, "1");
    Files.write(files().postmasterPid(), lines);

    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThat(Postmaster.runningOn(files()).orElseThrow().pid()).isNotEqualTo(orphan.pid());
      assertThat(query(server, "select answer from replaced")).containsExactly("42");
    }
  }

  @Test
  void nothingIsLostWhenGatewayAndServerAreKilledTogether() throws Exception {
    Process killed = gateway("recovered");
    Postmaster server = Postmaster.runningOn(files()).orElseThrow();
    kill(server);
    killed.destroyForcibly().waitFor();
    await().atMost(Duration.ofSeconds(20)).until(() -> Postmaster.runningOn(files()).isEmpty());

    try (EmbeddedPostgres next = EmbeddedPostgres.start(FOLDER)) {
      assertThat(query(next, "select answer from recovered")).containsExactly("42");
    }
  }

  @Test
  void aServerThatDiedIsNoticedAndItsFolderIsFreeAgain() {
    Postmaster died;
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      died = Postmaster.runningOn(files()).orElseThrow();
      kill(died);
      await().until(() -> server.lost().succeeded());
    }
    try (EmbeddedPostgres next = EmbeddedPostgres.start(FOLDER)) {
      assertThat(query(next, "select 1")).containsExactly("1");
      assertThat(Postmaster.runningOn(files())).isNotEqualTo(Optional.of(died));
    }
  }

  @Test
  void anAdoptedServerThatDiedIsNoticed() throws Exception {
    gateway("watched").destroyForcibly().waitFor();
    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      kill(Postmaster.runningOn(files()).orElseThrow());

      await().until(() -> server.lost().succeeded());
    }
  }

  @Test
  void aServerThatIsClosedIsNotLost() {
    EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER);

    server.close();

    await().during(Duration.ofSeconds(2)).until(() -> !server.lost().isComplete());
  }

  @Test
  void aPidFileThatNamesAnotherProcessDoesNotStopTheStart() throws IOException {
    EmbeddedPostgres.start(FOLDER).close();
    long other = ProcessHandle.current().pid();
    Files.write(
        files().postmasterPid(),
        List.of(Long.toString(other), files().cluster().toString(), "1", "1"));

    try (EmbeddedPostgres server = EmbeddedPostgres.start(FOLDER)) {
      assertThat(query(server, "select 1")).containsExactly("1");
    }
  }

  @Test
  void dataOfAnotherMajorVersionIsRefusedUntouched() throws IOException {
    EmbeddedPostgres.start(FOLDER).close();
    String made = Files.readString(files().version());
    Files.writeString(files().version(), "9\n");
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(FOLDER))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("made by PostgreSQL 9");
    } finally {
      Files.writeString(files().version(), made);
    }
  }

  @Test
  void aServerThatCannotStartSaysWhy() throws IOException {
    EmbeddedPostgres.start(FOLDER).close();
    Path control = files().cluster().resolve("global/pg_control");
    Path aside = Files.move(control, FOLDER.resolve("pg_control"));
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(FOLDER))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("did not start")
          .hasMessageContaining("pg_control");
    } finally {
      Files.move(aside, control);
    }
  }

  private static void kill(Postmaster server) {
    ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
  }

  private static ServerFiles files() {
    try {
      return ServerFiles.in(FOLDER.toRealPath());
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private static Process gateway(String table) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-classpath",
                System.getProperty("java.class.path"),
                OutlivedGateway.class.getName(),
                FOLDER.toString(),
                table)
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader();
    var said = new ArrayList<String>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.equals(OutlivedGateway.READY)) {
        return process;
      }
    }
    throw new IllegalStateException(String.join("\n", said));
  }

  private static DatabaseUrl withPassword(DatabaseUrl url, String password) {
    return new DatabaseUrl(
        url.host(),
        url.port(),
        url.database(),
        url.user(),
        new Secret(password),
        url.sslMode(),
        null);
  }

  private static void execute(EmbeddedPostgres server, String sql) {
    TestDatabase.execute(server.url(), List.of(sql));
  }

  private static List<String> query(EmbeddedPostgres server, String sql) {
    try (Connection connection = Jdbc.connect(server.url());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
