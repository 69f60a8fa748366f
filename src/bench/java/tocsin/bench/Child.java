package tocsin.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JVM of its own that answers each line with a line. It ends when its input does, so it does not
 * outlive the harness.
 */
final class Child implements AutoCloseable {
  /** What an answer begins with; other lines are the JVM's own. */
  static final String ANSWER = "answer ";

  private static final long GRACE_SECONDS = 30;

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private Child(Process process) {
    this.process = process;
    this.commands = process.outputWriter();
    this.answers = process.inputReader();
  }

  static Child start(
      String log,
      List<String> jvm,
      Class<?> main,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-Dlogback.configurationFile=src/bench/logback.xml");
    command.add("-Dbench.log=" + log);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(Redirect.to(Options.FOLDER.resolve(log + ".err").toFile()));
    return new Child(builder.start());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Waits for the answer. */
  String ask(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
      String line = answers.readLine();
      while (line != null && !line.startsWith(ANSWER)) {
        line = answers.readLine();
      }
      if (line == null) {
        throw new IllegalStateException(
            "the child that was to " + command + " has ended: see " + Options.FOLDER);
      }
      return line.substring(ANSWER.length());
    } catch (IOException e) {
      throw new UncheckedIOException(command, e);
    }
  }

  @Override
  public void close() throws IOException {
    commands.close();
    try {
      process.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly();
    }
  }
}
