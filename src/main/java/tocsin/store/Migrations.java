package tocsin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.config.DatabaseUrl;

/**
 * Brings a database to the schema of this version; nodes that start at once wait for each other.
 */
final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final int CONNECT_RETRIES = 3;

  private Migrations() {}

  /**
   * Of the schema, as the last migration left it.
   *
   * @throws StoreException when there is none
   */
  static String version(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                """
                select version from flyway_schema_history
                where success and version is not null order by installed_rank desc limit 1
                """)) {
      if (!found.next()) {
        throw new StoreException("The database has no schema of Tocsin: run migrate.");
      }
      return found.getString("version");
    }
  }

  /** Whether this version has a migration that leads there. */
  static boolean knows(DatabaseUrl url, String version) {
    return Arrays.stream(configuration(url).load().info().all())
        .anyMatch(migration -> migration.getVersion().getVersion().equals(version));
  }

  private static FluentConfiguration configuration(DatabaseUrl url) {
    return Flyway.configure()
        .dataSource(Jdbc.address(url), url.user(), url.password().value())
        .locations("classpath:db/migration")
        .connectRetries(CONNECT_RETRIES)
        .validateMigrationNaming(true);
  }

  /**
   * A newer schema is left as it is: the version before works on it, which a rollout needs.
   *
   * @throws StoreException when the database is not to be reached
   */
  static void run(DatabaseUrl url) {
    run(url, "latest");
  }

  /** Flyway draws a table around what the database said. */
  private static String reason(FlywayException failed) {
    Throwable told = failed.getCause() instanceof SQLException said ? said : failed;
    return String.valueOf(told.getMessage());
  }

  /**
   * @param target the last version to go to, or "latest"
   * @throws StoreException as {@link #run(DatabaseUrl)}
   */
  static void run(DatabaseUrl url, String target) {
    try {
      var result = configuration(url).target(target).load().migrate();
      String version = result.targetSchemaVersion;
      LOG.info(
          "store.migrated version={} applied={}",
          version == null ? result.initialSchemaVersion : version,
          result.migrationsExecuted);
    } catch (FlywayException failed) {
      throw new StoreException(
          "The schema of database "
              + url.database()
              + " at "
              + url.host()
              + ":"
              + url.port()
              + " could not be brought up to date: "
              + reason(failed),
          failed);
    }
  }
}
