package tocsin.store;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
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
   * @throws StoreException when the database is not to be reached, or is of a newer version
   */
  static void run(DatabaseUrl url) {
    try {
      var result =
          Flyway.configure()
              .dataSource(Jdbc.address(url), url.user(), url.password().value())
              .locations("classpath:db/migration")
              .connectRetries(CONNECT_RETRIES)
              .validateMigrationNaming(true)
              .load()
              .migrate();
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
              + failed.getMessage(),
          failed);
    }
  }
}
