package tocsin.bench;

import java.time.Duration;

/** A {@link Node} in a child JVM, as the harness sees it. */
final class RemoteNode {
  private final Child child;

  /**
   * What it has sent since it was started.
   *
   * @param first when it handed over the first mail, by System.nanoTime(), which on Linux is the
   *     same clock in every process; 0: it has not yet
   */
  record Sent(long count, long first) {}

  RemoteNode(Child child) {
    this.child = child;
  }

  /** The arguments of {@link NodeMain}. */
  static String[] arguments(Results results, int workers, Duration pause) {
    return new String[] {
      results.name(), Integer.toString(workers), Long.toString(pause.toMillis())
    };
  }

  ProcessHandle handle() {
    return child.handle();
  }

  void start() {
    child.ask("start");
  }

  void stop() {
    child.ask("stop");
  }

  Sent sent() {
    String[] answer = child.ask("look").split(" ", 2);
    return new Sent(Long.parseLong(answer[0]), Long.parseLong(answer[1]));
  }
}
