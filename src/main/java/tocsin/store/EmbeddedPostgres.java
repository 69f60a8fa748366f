package tocsin.store;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.config.DatabaseUrl;
import tocsin.config.DatabaseUrl.SslMode;
import tocsin.config.Secret;
import tocsin.store.ServerControl.StopMode;

/**
 * A real PostgreSQL on this machine, for whoever has none yet: kept in a data folder over restarts,
 * reachable from this machine only, with everything acknowledged on disk.
 *
 * <p>The server is a process of its own. When the gateway is killed the server stays, and the next
 * gateway on the folder adopts it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** Of the database and of its user. */
  static final String NAME = "tocsin";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /** Between finding a free port and listening on it somebody else may take it. */
  private static final int PORTS_TRIED = 3;

  private static final String PORT_TAKEN = "Address already in use";

  private final DataFolderLock lock;
  private final ServerControl control;
  private final DatabaseUrl url;
  private final ServerWatch watch;
  private final DiskWatch disk;

  private EmbeddedPostgres(
      DataFolderLock lock, ServerControl control, DatabaseUrl url, Postmaster server) {
    this.lock = lock;
    this.control = control;
    this.url = url;
    this.watch = ServerWatch.over(server, control.files());
    this.disk = DiskWatch.over(control.files().root());
  }

  /**
   * Takes up to some minutes after a crash, else seconds.
   *
   * @throws StoreException with what to do, where it cannot run
   */
  public static EmbeddedPostgres start(Path dataDir) {
    try {
      Files.createDirectories(dataDir);
      Path folder = dataDir.toRealPath();
      DataFolderLock lock = DataFolderLock.take(folder);
      ServerFiles files = ServerFiles.in(folder);
      try {
        if (Postmaster.runningOn(files).isEmpty()) {
          DiskWatch.requireRoom(folder);
        }
        return startLocked(lock, files);
      } catch (IOException | RuntimeException failed) {
        lock.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new StoreException(
          "The embedded PostgreSQL needs a data.dir that it can write to, and "
              + dataDir
              + " failed: "
              + failed,
          failed);
    }
  }

  /** Of the server that already works in a data folder, if one does. */
  static Optional<DatabaseUrl> running(Path dataDir) throws IOException {
    ServerFiles files = ServerFiles.in(dataDir.toAbsolutePath());
    Optional<Postmaster> server =
        Files.exists(files.root())
            ? Postmaster.runningOn(ServerFiles.in(dataDir.toRealPath()))
            : Optional.empty();
    return server.isEmpty()
        ? Optional.empty()
        : Optional.of(url(server.get().port(), ServerSetup.password(files)).withDatabase(NAME));
  }

  private static EmbeddedPostgres startLocked(DataFolderLock lock, ServerFiles files)
      throws IOException {
    ServerControl control = ServerSetup.prepare(files);
    Secret password = ServerSetup.password(files);
    Optional<DatabaseUrl> adopted = adopt(control, password);
    DatabaseUrl url = adopted.isPresent() ? adopted.get() : launch(control, password);
    ServerConnection.createDatabase(url);
    Postmaster server =
        Postmaster.runningOn(files)
            .orElseThrow(() ->
                new StoreException(
                    "The embedded PostgreSQL in "
                        + files.root()
                        + " ended as soon as it had started; its log is "
                        + files.log()));
    LOG.warn(
        "store.embedded dir={} port={} user={}: for one machine; set database.url to run several",
        files.root(),
        url.port(),
        control.user().word());
    return new EmbeddedPostgres(lock, control, url.withDatabase(NAME), server);
  }

  /** A server that outlived its gateway, if it is there and well. */
  private static Optional<DatabaseUrl> adopt(ServerControl control, Secret password)
      throws IOException {
    Optional<Postmaster> orphan = Postmaster.runningOn(control.files());
    if (orphan.isEmpty()) {
      Postmaster.forgetDead(control.files());
      return Optional.empty();
    }
    DatabaseUrl url = url(orphan.get().port(), password);
    if (ServerConnection.answers(url, ServerControl.START_LIMIT)) {
      LOG.info("store.adopted pid={} port={}", orphan.get().pid(), url.port());
      return Optional.of(url);
    }
    LOG.warn("store.replaced pid={} port={}", orphan.get().pid(), url.port());
    stop(control);
    return Optional.empty();
  }

  private static DatabaseUrl launch(ServerControl control, Secret password) throws IOException {
    for (int tried = 1; ; tried++) {
      int port = freePort();
      Program.Result started = control.start(port);
      if (started.succeeded()) {
        LOG.info("store.started port={}", port);
        return url(port, password);
      }
      String log = Program.tail(control.files().log());
      if (tried == PORTS_TRIED || !log.contains(PORT_TAKEN)) {
        throw didNotStart(control.files(), started.output(), log);
      }
    }
  }

  private static StoreException didNotStart(ServerFiles files, String said, String log) {
    return new StoreException(
        "The embedded PostgreSQL in "
            + files.root()
            + " did not start: "
            + said
            + "\nThe end of its log, "
            + files.log()
            + ":\n"
            + log);
  }

  private static void stop(ServerControl control) {
    if (!control.stop(StopMode.FAST).succeeded()) {
      Program.Result stopped = control.stop(StopMode.IMMEDIATE);
      if (!stopped.succeeded()) {
        throw new StoreException(
            "The embedded PostgreSQL in "
                + control.files().root()
                + " neither answers nor stops; end it by hand: "
                + stopped.output());
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static DatabaseUrl url(int port, Secret password) {
    return new DatabaseUrl("127.0.0.1", port, "postgres", NAME, password, SslMode.DISABLE, null);
  }

  /** Where it is and who enters. */
  public DatabaseUrl url() {
    return url;
  }

  /** Completes when the server has died without having been closed. */
  public Future<Void> lost() {
    return watch.lost();
  }

  /** Stops the server, if it still runs; what is in it stays. */
  @Override
  public void close() {
    watch.close();
    disk.close();
    try (lock) {
      if (Postmaster.runningOn(control.files()).isPresent()) {
        stop(control);
      }
      LOG.info("store.stopped port={}", url.port());
    } catch (IOException unlocking) {
      LOG.warn("store.lock-kept dir={}", control.files().root(), unlocking);
    }
  }
}
