package tocsin;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tocsin.config.Cautions;
import tocsin.config.Settings;

/** Runs the gateway until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Runs the gateway until SIGTERM or Ctrl-C.",
      "The API and the pages are on http.port, health and metrics on management.port. Without",
      "database.url it starts a PostgreSQL of its own in data.dir."
    },
    footer = {
      "",
      "Example:",
      "  TOCSIN_ADMIN_KEY=change-me-please TOCSIN_SMTP_HOST=mail.example.com tocsin serve"
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

  @Mixin private final ConfigOption config;

  ServeCommand(Shell shell) {
    this.config = new ConfigOption(shell);
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = config.load();
    Cautions.of(settings).forEach(caution -> log.warn("settings.caution detail=\"{}\"", caution));
    AtExit atExit = new AtExit();
    Gateway gateway = atExit.close(Gateway.start(settings));
    atExit.awaitSignalOr(gateway.lost());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
