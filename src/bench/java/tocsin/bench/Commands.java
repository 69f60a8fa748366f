package tocsin.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a child does for its harness: a line in, a line out. */
@FunctionalInterface
interface Commands {
  /** The answer, one line; an exception ends the child. */
  String answer(String command) throws Exception;

  /** Answers on standard output until standard input ends. */
  static void serve(Commands commands) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(Child.ANSWER + commands.answer(line));
    }
  }
}
