package tocsin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tocsin.config.EffectiveSetting;
import tocsin.config.Settings;
import tocsin.config.SettingsException;

/** The option that every command has, and the settings that it leads to. */
final class ConfigOption {
  private static final Path USUAL = Path.of("tocsin.properties");
  private final Shell shell;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings file; without it tocsin.properties, if there is one. The environment, TOCSIN_...,"
              + " is read on top.")
  private @Nullable Path file;

  ConfigOption(Shell shell) {
    this.shell = shell;
  }

  Settings load() throws SettingsException {
    return Settings.load(chosen(), shell.environment());
  }

  List<EffectiveSetting> effective() {
    return EffectiveSetting.list(chosen(), shell.environment());
  }

  private @Nullable Path chosen() {
    if (file != null) {
      return shell.directory().resolve(file);
    }
    Path usual = shell.directory().resolve(USUAL);
    return Files.exists(usual) ? usual : null;
  }
}
