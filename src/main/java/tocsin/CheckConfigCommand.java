package tocsin;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tocsin.config.Cautions;
import tocsin.config.EffectiveSetting;
import tocsin.config.Settings;
import tocsin.config.SettingsException;
import tocsin.render.TemplateException;
import tocsin.render.Templates;

/** Prints the settings as they count, in the format of a settings file, secrets masked. */
@Command(
    name = "check-config",
    description = "Checks all settings and prints what counts and where it was written.",
    footer = {
      "",
      "Examples:",
      "  tocsin check-config",
      "  TOCSIN_SMTP_HOST=mail.example.com tocsin check-config --config /etc/tocsin.properties"
    })
final class CheckConfigCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final ConfigOption config;

  CheckConfigCommand(Shell shell) {
    this.shell = shell;
    this.config = new ConfigOption(shell);
  }

  @Override
  public Integer call() throws SettingsException, TemplateException {
    Settings settings = config.load();
    Templates.load(settings.templatesDir());
    config.effective().forEach(this::print);
    Cautions.of(settings).forEach(caution -> shell.err().println("Caution: " + caution));
    return 0;
  }

  private void print(EffectiveSetting setting) {
    shell.out().println("# " + setting.key().documentation() + " [" + setting.origin() + "]");
    shell.out().println(setting.key().property() + "=" + setting.value());
  }
}
