package tocsin.store;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tocsin.config.DatabaseUrl;

/**
 * Empty, migrated databases on one embedded server per test JVM, each a copy of a template that was
 * migrated once.
 */
public final class TestDatabase {
  private static final Path DATA = Path.of("target", "test-data");
  private static final String TEMPLATE = "test_template";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestDatabase() {}

  /** The pool of a new database. It is closed with its Vertx at the latest. */
  public static Pool fresh(Vertx vertx) {
    return database(vertx).pool();
  }

  /** A new database with its pool and its wake-ups. */
  public static Database database(Vertx vertx) {
    return Database.at(vertx, url());
  }

  /** Where a new database is. */
  public static DatabaseUrl url() {
    String name = "test_" + NUMBER.incrementAndGet();
    execute(Server.URL, List.of("create database " + name + " template " + TEMPLATE));
    return Server.URL.withDatabase(name);
  }

  /** Runs statements one by one, each committed. */
  static void execute(DatabaseUrl url, List<String> statements) {
    try (Connection connection = Jdbc.connect(url);
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /**
   * Started by the first test that needs it, stopped with the JVM; that waits for nothing to reach
   * the disk.
   */
  private static final class Server {
    private static final DatabaseUrl URL = start();

    private static DatabaseUrl start() {
      EmbeddedPostgres server = EmbeddedPostgres.start(DATA);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      execute(server.url(), List.of("alter system set fsync = off", "select pg_reload_conf()"));
      execute(server.url(), leftovers(server.url()));
      execute(server.url(), List.of("create database " + TEMPLATE));
      Migrations.run(server.url().withDatabase(TEMPLATE));
      return server.url();
    }

    private static List<String> leftovers(DatabaseUrl url) {
      var drops = new ArrayList<String>();
      try (Connection connection = Jdbc.connect(url);
          var statement = connection.createStatement();
          var names =
              statement.executeQuery(
                  "select datname from pg_database where datname like 'test!_%' escape '!'")) {
        while (names.next()) {
          drops.add("drop database " + names.getString(1) + " with (force)");
        }
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
      return drops;
    }
  }
}
