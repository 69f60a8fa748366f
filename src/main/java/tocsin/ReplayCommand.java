package tocsin;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tocsin.demo.GatewayApi;
import tocsin.demo.Pace;
import tocsin.demo.Posted;
import tocsin.demo.Recording;
import tocsin.demo.RecordingException;
import tocsin.demo.Replay;

/** Posts a recorded incident to a running gateway, as a rehearsal. */
@Command(
    name = "replay",
    description = {
      "Posts a recorded incident to a running gateway, update by update.",
      "That takes the time of the recording, or a part of it.",
      "Its subscribers are really told: rehearse on a gateway whose providers are look-alikes."
    },
    footer = {
      "",
      "A recording has one JSON object a line; the first opens the incident:",
      "  {\"title\": \"Web unreachable\", \"update\": {\"status\": \"investigating\", ...}}",
      "  {\"after\": \"PT6M\", \"update\": {\"status\": \"resolved\", ...}}",
      "",
      "Example: a day in about two minutes",
      "  tocsin replay incident.ndjson --speed 600"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Duration LONGEST_WAIT = Duration.ofDays(366);

  private final Shell shell;

  @Mixin private final GatewayOption gateway;

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many seconds of the recording pass in one; ${DEFAULT-VALUE} if left out.")
  private int speed;

  ReplayCommand(Shell shell) {
    this.shell = shell;
    this.gateway = new GatewayOption(shell);
  }

  @Override
  public Integer call() throws Exception {
    if (speed < 1) {
      throw new FailedException("--speed: 1 or more");
    }
    Recording recording = read(shell.directory().resolve(file));
    try (GatewayApi api = gateway.api()) {
      Replay replay =
          new Replay(
              api,
              recording,
              new Pace(speed, LONGEST_WAIT),
              InstantSource.system(),
              UUID.randomUUID().toString());
      while (replay.hasNext()) {
        Posted posted = replay.next();
        shell.out().println("posted " + posted.path());
      }
    } catch (IOException e) {
      throw new FailedException(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  private static Recording read(Path path) throws FailedException {
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      return Replay.read(lines);
    } catch (NoSuchFileException e) {
      throw new FailedException("There is no file " + path);
    } catch (IOException | RecordingException e) {
      throw new FailedException(path + ": " + e.getMessage());
    }
  }
}
