package tocsin.bench;

import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import tocsin.config.DatabaseUrl;
import tocsin.store.Database;

/** One database of a benchmark, over a connection of the harness's own. */
final class BenchDatabase implements AutoCloseable {
  private final DatabaseUrl url;
  private final Connection connection;

  private BenchDatabase(DatabaseUrl url, Connection connection) {
    this.url = url;
    this.connection = connection;
  }

  /** Migrated and empty: one of this name that was left behind is dropped. */
  static BenchDatabase fresh(DatabaseUrl server, String name) throws SQLException {
    try (Connection admin = connect(server);
        Statement statement = admin.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name);
    }
    DatabaseUrl url = server.withDatabase(name);
    migrate(url);
    return new BenchDatabase(url, connect(url));
  }

  private static void migrate(DatabaseUrl url) {
    Vertx vertx = Vertx.vertx();
    try (Database database = Database.at(vertx, url)) {
      database.migrate();
    } finally {
      vertx.close().await();
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    Properties user = new Properties();
    user.setProperty("user", url.user());
    user.setProperty("password", url.password().value());
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(url.host(), url.port(), url.database()), user);
  }

  DatabaseUrl url() {
    return url;
  }

  Connection connection() {
    return connection;
  }

  /** As a gateway's environment has it. */
  String environment() {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(url.user(), url.password().value(), url.host(), url.port(), url.database());
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The server's process that every other process of it is a child of. */
  ProcessHandle postmaster() throws SQLException {
    return ProcessHandle.of(number("select pg_backend_pid()"))
        .flatMap(ProcessHandle::parent)
        .orElseThrow();
  }

  /** Bytes of WAL since the server was made. */
  long wal() throws SQLException {
    return number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
