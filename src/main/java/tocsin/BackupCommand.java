package tocsin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tocsin.config.SettingsException;
import tocsin.store.Backup;
import tocsin.store.ServerAccess;

/** Writes a backup, beside a running gateway or without one. */
@Command(
    name = "backup",
    description = {
      "Writes everything that the gateway keeps into a file.",
      "All is as of one moment, whether the gateway works meanwhile or not.",
      "The file has addresses and keys in it: only its owner may read it. restore reads it again."
    },
    footer = {"", "Example:", "  tocsin backup /backups/tocsin-$(date +%%F).zip"})
final class BackupCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1_000_000;

  private final Shell shell;
  @Mixin private final ConfigOption config;

  @Parameters(paramLabel = "FILE", description = "Where it is written.")
  private Path file = Path.of("");

  @Option(names = "--replace", description = "Also where there is a file of the name.")
  private boolean replace;

  BackupCommand(Shell shell) {
    this.shell = shell;
    this.config = new ConfigOption(shell);
  }

  @Override
  public Integer call() throws SettingsException, FailedException {
    Path target = shell.directory().resolve(file).toAbsolutePath();
    if (Files.exists(target) && !replace) {
      throw new FailedException(target + " is there already: name another, or add --replace.");
    }
    try (ServerAccess server = ServerAccess.shared(config.load())) {
      Backup.Written written =
          Backup.write(server.url(), target, Instant.now(), shell.err()::println);
      shell
          .out()
          .printf(
              "backup file=%s rows=%d tables=%d megabytes=%.1f%n",
              target, written.rows(), written.tables(), written.bytes() / MEGABYTE);
    }
    return 0;
  }
}
