package tocsin;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tocsin.config.SettingsException;

/** Writes all subscribers of a running gateway to the standard output. */
@Command(
    name = "export",
    description = "Prints all subscribers, one JSON object a line, as import reads them.",
    footer = {"", "Example:", "  tocsin subscribers export > subscribers.ndjson"})
final class SubscribersExportCommand implements Callable<Integer> {
  private final Shell shell;
  @Mixin private final GatewayOption gateway;

  SubscribersExportCommand(Shell shell) {
    this.shell = shell;
    this.gateway = new GatewayOption(shell);
  }

  @Override
  public Integer call() throws SettingsException, FailedException {
    try (InputStream lines = gateway.client().get("/v1/subscribers/export")) {
      new ProgressStream(lines, shell.err(), InstantSource.system()).transferTo(shell.out());
    } catch (IOException cut) {
      throw new FailedException("The export broke off and is not complete: " + cut.getMessage());
    }
    if (shell.out().checkError()) {
      throw new FailedException("The export could not be written.");
    }
    return 0;
  }
}
