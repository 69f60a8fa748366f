package tocsin.store;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, within a limit of time. */
final class Program {
  /** Enough to see why something failed. */
  private static final int TAIL = 20;

  private Program() {}

  /**
   * What it came to.
   *
   * @param output the end of what it said
   */
  record Result(boolean succeeded, String output) {}

  /**
   * Fails, not throws, when the program is not there, ends with another code than 0 or takes longer
   * than the limit, at which it is killed.
   *
   * @param output file for what it says, written anew: a pipe would stay open in a child's hands
   */
  static Result run(List<String> command, Path output, Duration limit) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(output.toFile());
      // the gateway may stand where the server may not enter
      builder.directory(new File("/"));
      clean(builder.environment());
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Result(false, "did not end within " + limit.toSeconds() + " s\n" + tail(output));
      }
      return new Result(process.exitValue() == 0, tail(output));
    } catch (IOException failed) {
      return new Result(false, failed.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Result(false, "interrupted");
    }
  }

  /** The last lines of a file; what is wrong with it if it cannot be read. */
  static String tail(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException unreadable) {
      return "(" + file + " cannot be read: " + unreadable.getMessage() + ")";
    }
  }

  /** The operator's own PostgreSQL variables must not steer the embedded one. */
  private static void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("TOCSIN_"));
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
  }
}
