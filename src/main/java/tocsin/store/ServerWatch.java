package tocsin.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the embedded server died. It looks instead of waiting for the process to end: the
 * server is nobody's child, and where nobody buries it, it stays as a zombie.
 */
final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Postmaster server;
  private final ServerFiles files;
  private final Promise<Void> lost = Promise.promise();
  private final Thread watcher;

  private ServerWatch(Postmaster server, ServerFiles files) {
    this.server = server;
    this.files = files;
    this.watcher = Thread.ofVirtual().name("server-watch").unstarted(this::watch);
  }

  static ServerWatch over(Postmaster server, ServerFiles files) {
    ServerWatch watch = new ServerWatch(server, files);
    watch.watcher.start();
    return watch;
  }

  /** Completes when the server has died; never once this is closed. */
  Future<Void> lost() {
    return lost.future();
  }

  /** To be called before the server is stopped. */
  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch() {
    try {
      do {
        Thread.sleep(PERIOD);
      } while (!server.ended(files.cluster()));
    } catch (InterruptedException closed) {
      return;
    }
    if (!Thread.currentThread().isInterrupted()) {
      LOG.error(
          "store.server_died dir={} pid={}: the gateway ends, start it again",
          files.root(),
          server.pid());
      lost.complete();
    }
  }
}
