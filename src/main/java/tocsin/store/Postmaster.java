package tocsin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The running server of a cluster, as its {@code postmaster.pid} tells.
 *
 * @param port where it listens
 */
record Postmaster(long pid, int port) {
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;

  /**
   * Empty when none runs. The pid of a file left behind may by now be another process's: only a
   * postgres that works in this very cluster counts.
   */
  static Optional<Postmaster> runningOn(ServerFiles files) {
    try {
      return parse(Files.readAllLines(files.postmasterPid()))
          .filter(found -> found.worksIn(files.cluster()));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  static Optional<Postmaster> parse(List<String> lines) {
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Postmaster(
              Long.parseLong(lines.get(PID_LINE).strip()),
              Integer.parseInt(lines.get(PORT_LINE).strip())));
    } catch (NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }

  /**
   * Removes the pid file if its number is by now another process's, as it happens in containers,
   * where numbers start anew: PostgreSQL would take that process for itself and not start.
   */
  static void forgetDead(ServerFiles files) throws IOException {
    if (runningOn(files).isEmpty() && Files.exists(files.postmasterPid())) {
      Optional<Postmaster> dead = parse(Files.readAllLines(files.postmasterPid()));
      if (dead.isPresent() && Files.isReadable(dead.get().commandLine())) {
        Files.delete(files.postmasterPid());
      }
    }
  }

  /** Whether it has certainly ended, be it as a zombie; one that cannot be looked at may live. */
  boolean ended(Path cluster) {
    try {
      return !serves(cluster);
    } catch (NoSuchFileException gone) {
      return true;
    } catch (IOException unseen) {
      return false;
    }
  }

  private boolean worksIn(Path cluster) {
    try {
      return serves(cluster);
    } catch (IOException gone) {
      return false;
    }
  }

  private boolean serves(Path cluster) throws IOException {
    List<String> command = List.of(Files.readString(commandLine()).split("\0", -1));
    return Path.of(command.getFirst()).endsWith("postgres") && command.contains(cluster.toString());
  }

  private Path commandLine() {
    return Path.of("/proc", Long.toString(pid), "cmdline");
  }
}
