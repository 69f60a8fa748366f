package tocsin;

import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.store.Database;

/** Brings the schema of the database up to date without serving, as a job before a rollout. */
@Command(
    name = "migrate",
    description = {
      "Brings the database to the schema of this version, and ends.",
      "serve does the same at its start; several nodes may start at once."
    },
    footer = {
      "",
      "Example:",
      "  TOCSIN_DATABASE_URL_FILE=/run/secrets/database-url tocsin migrate"
    })
final class MigrateCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config;

  MigrateCommand(Shell shell) {
    this.config = new ConfigOption(shell);
  }

  @Override
  public Integer call() throws SettingsException {
    Settings settings = config.load();
    Vertx vertx = Vertx.vertx();
    try (Database database = Database.open(vertx, settings)) {
      database.migrate();
    } finally {
      vertx.close().await();
    }
    return 0;
  }
}
