package tocsin;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.delivery.RestoredWork;
import tocsin.store.BackupFile;
import tocsin.store.Restore;
import tocsin.store.ServerAccess;

/** Reads a backup into a new database. */
@Command(
    name = "restore",
    description = {
      "Reads a backup into a database that nothing was ever kept in.",
      "That is a new data.dir, or a new database.url. What was under way in the backup is paused, for",
      "it may have been told since: resume or cancel each by",
      "POST /v1/incidents/{id}/updates/{n}/resume or /cancel."
    },
    footer = {
      "",
      "Example:",
      "  TOCSIN_DATA_DIR=/var/lib/tocsin-new tocsin restore /backups/tocsin-2026-11-23.zip"
    })
final class RestoreCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final ConfigOption config;

  @Parameters(paramLabel = "FILE", description = "The backup.")
  private Path file = Path.of("");

  RestoreCommand(Shell shell) {
    this.shell = shell;
    this.config = new ConfigOption(shell);
  }

  @Override
  public Integer call() throws SettingsException {
    Path source = shell.directory().resolve(file).toAbsolutePath();
    Settings settings = config.load();
    try (BackupFile backup = BackupFile.open(source);
        ServerAccess server = ServerAccess.alone(settings)) {
      Restore.Restored restored =
          Restore.read(backup, server.url(), RestoredWork.standStill(), shell.err()::println);
      shell
          .out()
          .printf(
              "restored file=%s rows=%d tables=%d at=%s%n",
              source, restored.rows(), restored.tables(), restored.at());
    }
    return 0;
  }
}
