package tocsin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Makes, starts and stops the server of one data folder by PostgreSQL's own programs. */
record ServerControl(ServerFiles files, PostgresBinaries binaries, ServerUser user) {
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);

  /** Includes the recovery after a crash: {@code max_wal_size} may have to be replayed. */
  static final Duration START_LIMIT = Duration.ofMinutes(5);

  static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  /** For what takes no time, and what pg_ctl may take beyond the limit that it keeps itself. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private static final long LARGEST_LOG = 10L << 20;

  /** How a server is told to stop. */
  enum StopMode {
    /** Connections are cut, everything is written. */
    FAST,
    /** At once; the next start recovers from the log. */
    IMMEDIATE
  }

  /** Makes the cluster, with the password that is already there. */
  void initialise() throws IOException {
    Path unfinished = files.unfinishedCluster();
    Folders.delete(unfinished);
    Files.createDirectory(unfinished);
    user.give(unfinished);
    var made =
        run(
            INITDB_LIMIT,
            "initdb",
            "--pgdata=" + unfinished,
            "--username=" + EmbeddedPostgres.NAME,
            "--auth=scram-sha-256",
            "--pwfile=" + files.password(),
            "--encoding=UTF8",
            "--no-locale",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8");
    if (!made.succeeded()) {
      throw new StoreException(
          "The embedded PostgreSQL could not make its database in "
              + files.root()
              + ". Its initdb says:\n"
              + made.output());
    }
    Files.move(unfinished, files.cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Fails when the server is not ready for connections after {@link #START_LIMIT}. */
  Program.Result start(int port) throws IOException {
    Files.writeString(
        files.configuration(),
        ServerConfiguration.text(port),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        // root must not be led elsewhere by the server's user, whose folder it is
        LinkOption.NOFOLLOW_LINKS);
    prepareLog();
    return control("start", START_LIMIT, "--log=" + files.log());
  }

  private void prepareLog() throws IOException {
    if (Files.exists(files.log()) && Files.size(files.log()) > LARGEST_LOG) {
      Files.move(files.log(), files.oldLog(), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(files.log())) {
      Files.createFile(files.log(), ServerFiles.OWNER_ONLY);
      user.give(files.log());
    }
  }

  /** Says {@code postgres (PostgreSQL) 18.6}. */
  Program.Result version() {
    return run(SLACK, "postgres", "--version");
  }

  Program.Result stop(StopMode mode) {
    String word = mode == StopMode.FAST ? "fast" : "immediate";
    return control("stop", STOP_LIMIT, "--mode=" + word);
  }

  private Program.Result control(String action, Duration limit, String argument) {
    return run(
        limit.plus(SLACK),
        "pg_ctl",
        action,
        "--pgdata=" + files.cluster(),
        "--wait",
        "--timeout=" + limit.toSeconds(),
        argument);
  }

  private Program.Result run(Duration limit, String program, String... arguments) {
    var command =
        Stream.concat(Stream.of(binaries.program(program).toString()), Stream.of(arguments));
    List<String> asUser = user.command(command.toList());
    return Program.run(asUser, files.output(), limit);
  }
}
