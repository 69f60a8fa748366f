package tocsin;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command gets from whoever starts it.
 *
 * @param directory where relative paths begin
 */
record Shell(
    Map<String, String> environment,
    Path directory,
    InputStream in,
    PrintStream out,
    PrintStream err) {

  Shell {
    environment = Map.copyOf(environment);
  }

  /** Of this process. */
  static Shell ofProcess() {
    return new Shell(System.getenv(), Path.of(""), System.in, utf8(System.out), utf8(System.err));
  }

  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
