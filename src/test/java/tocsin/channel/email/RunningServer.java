package tocsin.channel.email;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tocsin.Loopback;

/** A server's process and all its children. */
record RunningServer(Process process) implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration GRACE = Duration.ofSeconds(5);

  /**
   * Returns when it answers on every port; nobody else does when it begins.
   *
   * @param log where its words go
   */
  static RunningServer start(Ports ports, Path log, List<String> command) throws IOException {
    // children of the one before may have its ports until they notice that it is gone
    ports.numbers().values().forEach(Loopback::awaitClosed);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    RunningServer server = new RunningServer(process);
    try {
      for (int port : ports.numbers().values()) {
        Awaitility.await("mail server, see " + log)
            .atMost(LONGEST)
            .until(() -> Loopback.listens(port));
      }
    } catch (RuntimeException silent) {
      server.close();
      throw silent;
    }
    return server;
  }

  /** False also for what has ended while nobody has asked how. */
  private static boolean isRunning(ProcessHandle process) {
    return process.info().command().isPresent();
  }

  /** Ends the whole family with no time for anything. */
  void kill() {
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroyForcibly);
    Awaitility.await()
        .atMost(LONGEST)
        .until(() -> family.stream().noneMatch(RunningServer::isRunning));
  }

  private List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /** Asks the whole family to end, and ends what does not. */
  @Override
  public void close() {
    List<ProcessHandle> family = family();
    family.forEach(ProcessHandle::destroy);
    try {
      Awaitility.await()
          .atMost(GRACE)
          .until(() -> family.stream().noneMatch(RunningServer::isRunning));
    } catch (ConditionTimeoutException stubborn) {
      family.forEach(ProcessHandle::destroyForcibly);
      Awaitility.await()
          .atMost(LONGEST)
          .until(() -> family.stream().noneMatch(RunningServer::isRunning));
    }
  }
}
