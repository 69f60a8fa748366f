package tocsin.store;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What lies where in a data folder.
 *
 * @param root the folder of the embedded server inside {@code data.dir}
 */
record ServerFiles(Path root) {
  /** For files that nobody else may read. */
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  static ServerFiles in(Path dataDir) {
    return new ServerFiles(dataDir.resolve("postgresql"));
  }

  /** The database cluster: whole, or not there. */
  Path cluster() {
    return root.resolve("cluster");
  }

  /** Where a cluster is made before it is moved to its place. */
  Path unfinishedCluster() {
    return root.resolve("cluster.unfinished");
  }

  /** The one password, readable by its owner only. */
  Path password() {
    return root.resolve("password");
  }

  /** As whom the server runs, {@link ServerUser#word()}. */
  Path user() {
    return root.resolve("server-user");
  }

  /** What the server says. */
  Path log() {
    return root.resolve("server.log");
  }

  /** What it said before the log grew too long. */
  Path oldLog() {
    return root.resolve("server.log.old");
  }

  /** What the last program that was run to its end said. */
  Path output() {
    return root.resolve("command.log");
  }

  Path configuration() {
    return cluster().resolve("postgresql.conf");
  }

  Path postmasterPid() {
    return cluster().resolve("postmaster.pid");
  }

  Path version() {
    return cluster().resolve("PG_VERSION");
  }
}
