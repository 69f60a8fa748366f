package tocsin.api;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away from a mistake in how it is used. */
final class DatabaseOutage {
  /** Of SQLSTATE: connection, resources, operator's intervention, system. */
  private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

  private static final String DISK_FULL = "53100";

  private DatabaseOutage() {}

  static boolean is(@Nullable Throwable failure) {
    return switch (failure) {
      case PgException pg ->
          pg.getSqlState() != null && CLASSES.contains(pg.getSqlState().substring(0, 2));
      case ClosedConnectionException closed -> true;
      case SocketException unreachable -> true;
      case UnknownHostException unknown -> true;
      case VertxException pool -> isOfThePool(String.valueOf(pool.getMessage()));
      case null, default -> false;
    };
  }

  /** What a caller may know of it. */
  static String words(Throwable failure) {
    return failure instanceof PgException pg && DISK_FULL.equals(pg.getSqlState())
        ? "the disk of the database is full; try again when there is room"
        : "the database cannot be reached";
  }

  /**
   * The pool tells by words only: no connection in time, too many waiting, a closed connection, or
   * the last one was cut while this one was asked for.
   */
  private static boolean isOfThePool(String words) {
    return words.startsWith("Timeout waiting for connection")
        || words.startsWith("Connection pool reached max wait queue size")
        || words.startsWith("Connection is not active")
        || words.equals("Pool closed");
  }
}
