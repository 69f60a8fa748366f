package tocsin;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private final ConfigOption config;

  ServeCommand(Shell shell) {
    this.config = new ConfigOption(shell);
  }

  @Override
  public Integer call() throws Exception {
    AtExit atExit = new AtExit();
    Gateway gateway = atExit.close(Gateway.start(config.load()));
    atExit.awaitSignalOr(gateway.lost());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
