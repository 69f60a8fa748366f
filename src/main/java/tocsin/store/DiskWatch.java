package tocsin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when the disk of a data folder fills up, and when there is room again. */
final class DiskWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Path folder;
  private final Thread watcher;
  private DiskLevel told = DiskLevel.ENOUGH;

  private DiskWatch(Path folder) {
    this.folder = folder;
    this.watcher = Thread.ofVirtual().name("disk-watch").unstarted(this::watch);
  }

  static DiskWatch over(Path folder) {
    DiskWatch watch = new DiskWatch(folder);
    watch.watcher.start();
    return watch;
  }

  /**
   * Fails where the server has too little room to start: it would end in the middle.
   *
   * @throws StoreException with what to do
   */
  static void requireRoom(Path folder) throws IOException {
    long free = free(folder);
    if (DiskLevel.of(free) == DiskLevel.FULL) {
      throw new StoreException(
          "The disk of data.dir "
              + folder
              + " has only "
              + megabytes(free)
              + " MB left, too little for the embedded PostgreSQL to start. Nothing is lost: make"
              + " room and start again.");
    }
  }

  private static long free(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        look();
        Thread.sleep(PERIOD);
      }
    } catch (InterruptedException closed) {
      // ends
    }
  }

  private void look() {
    try {
      long free = free(folder);
      DiskLevel now = DiskLevel.of(free);
      if (now != told) {
        tell(now, megabytes(free));
        told = now;
      }
    } catch (IOException unknown) {
      LOG.warn("disk.unknown dir={}", folder, unknown);
    }
  }

  private void tell(DiskLevel level, long free) {
    switch (level) {
      case ENOUGH -> LOG.info("disk.enough dir={} free_mb={}", folder, free);
      case LOW -> LOG.warn("disk.low dir={} free_mb={}", folder, free);
      case FULL ->
          LOG.error("disk.full dir={} free_mb={}: what waits goes on with room", folder, free);
    }
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }
}
