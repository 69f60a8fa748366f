package tocsin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import tocsin.config.DatabaseUrl;

/** The few questions asked of a server before it is used. */
final class ServerConnection {
  private static final String STARTING_UP = "57P03";
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private ServerConnection() {}

  /** Waits while it says that it starts up or recovers; anything else is an answer. */
  static boolean answers(DatabaseUrl url, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try (Connection connection = Jdbc.connect(url)) {
        return connection.isValid((int) Jdbc.CONNECT_LIMIT.toSeconds());
      } catch (SQLException failed) {
        if (!STARTING_UP.equals(failed.getSQLState()) || System.nanoTime() > deadline) {
          return false;
        }
      }
      try {
        Thread.sleep(BETWEEN_TRIES);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** Makes the gateway's own database if it is not there. */
  static void createDatabase(DatabaseUrl url) {
    try (Connection connection = Jdbc.connect(url);
        var find = connection.prepareStatement("select from pg_database where datname = ?");
        var create = connection.createStatement()) {
      find.setString(1, EmbeddedPostgres.NAME);
      if (!find.executeQuery().next()) {
        create.execute("create database " + EmbeddedPostgres.NAME);
      }
    } catch (SQLException failed) {
      throw new StoreException(
          "The embedded database could not be made: " + failed.getMessage(), failed);
    }
  }
}
