package tocsin.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program of the machine that is run to its end. */
final class Tool {
  private Tool() {}

  /** What it printed; fails with it where the program does. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " failed: " + printed.strip());
    }
    return printed;
  }
}
