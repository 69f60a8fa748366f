package tocsin;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * What is closed when the process ends, by a signal or by itself: the last opened first. What fails
 * to close does not keep the others from it.
 */
final class AtExit {
  private static final Logger log = LoggerFactory.getLogger(AtExit.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private volatile boolean signalEndsWell;

  AtExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "at-exit"));
  }

  synchronized <T extends AutoCloseable> T close(T later) {
    open.push(later);
    return later;
  }

  /**
   * Waits for the end of what the process lives on. A signal before it is how the process is meant
   * to end: the exit code is then 0.
   */
  void awaitSignalOr(Future<Void> lost) {
    signalEndsWell = true;
    lost.await();
    signalEndsWell = false;
  }

  private synchronized void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        log.warn("exit.close_failed", e);
      }
    }
    if (signalEndsWell) {
      Runtime.getRuntime().halt(CommandLine.ExitCode.OK);
    }
  }
}
