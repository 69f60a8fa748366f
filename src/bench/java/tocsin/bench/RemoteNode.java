package tocsin.bench;

import java.nio.file.Path;

/** A {@link Node} in a child JVM, as the harness sees it. */
final class RemoteNode {
  private final Child child;

  /**
   * What it has sent since it was started.
   *
   * @param first when it handed over the first mail, by System.nanoTime(); 0: it has not yet
   */
  record Sent(long count, long first) {}

  RemoteNode(Child child) {
    this.child = child;
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

  /** Leaves the times of its hand-overs in the file. */
  void stop(Path file) {
    child.ask("stop " + file);
  }

  Sent sent() {
    String[] answer = child.ask("look").split(" ", 2);
    return new Sent(Long.parseLong(answer[0]), Long.parseLong(answer[1]));
  }
}
