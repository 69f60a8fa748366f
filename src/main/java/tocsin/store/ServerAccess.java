package tocsin.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tocsin.config.DatabaseUrl;
import tocsin.config.Settings;

/**
 * A server to work on beside the gateway, or while it is down; an embedded one that was started for
 * it is stopped with it.
 */
public final class ServerAccess implements AutoCloseable {
  private final DatabaseUrl url;
  private final @Nullable EmbeddedPostgres started;

  private ServerAccess(DatabaseUrl url, @Nullable EmbeddedPostgres started) {
    this.url = url;
    this.started = started;
  }

  /**
   * Also while a gateway uses it.
   *
   * @throws StoreException with what to do, when the embedded server cannot run or never did
   */
  public static ServerAccess shared(Settings settings) {
    DatabaseUrl external = settings.databaseUrl();
    if (external != null) {
      return new ServerAccess(external, null);
    }
    Path dataDir = settings.dataDir();
    if (!Files.exists(ServerFiles.in(dataDir).cluster())) {
      throw new StoreException(
          "No gateway has worked in data.dir " + dataDir + " yet: name the one that is used.");
    }
    return running(dataDir)
        .map(url -> new ServerAccess(url, null))
        .orElseGet(() -> alone(settings));
  }

  /**
   * Of an embedded server nobody else may be the user.
   *
   * @throws StoreException with what to do, when the embedded server cannot run or is in use
   */
  public static ServerAccess alone(Settings settings) {
    DatabaseUrl external = settings.databaseUrl();
    if (external != null) {
      return new ServerAccess(external, null);
    }
    EmbeddedPostgres embedded = EmbeddedPostgres.start(settings.dataDir());
    return new ServerAccess(embedded.url(), embedded);
  }

  private static Optional<DatabaseUrl> running(Path dataDir) {
    try {
      return EmbeddedPostgres.running(dataDir);
    } catch (IOException unreadable) {
      throw new StoreException(
          "The password of the embedded PostgreSQL in "
              + dataDir
              + " cannot be read: "
              + unreadable.getMessage()
              + ". Be the user who runs the gateway.",
          unreadable);
    }
  }

  public DatabaseUrl url() {
    return url;
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }
}
