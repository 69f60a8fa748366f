package tocsin.channel.http;

import io.vertx.core.http.HttpClientConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Connections that wait for another request to the same place: for a while, and so many in all.
 * Belongs to one event loop.
 */
final class KeptConnections {
  private final int most;
  private final long longest;
  private final Map<Route, Deque<Kept>> byRoute = new HashMap<>();

  /** The one that has waited longest first. */
  private final Set<Kept> all = new LinkedHashSet<>();

  KeptConnections(int most, Duration longest) {
    this.most = most;
    this.longest = longest.toNanos();
  }

  /** The one that was used last; null if there is none. */
  @Nullable HttpClientConnection take(Route route) {
    Deque<Kept> kept = byRoute.get(route);
    if (kept == null) {
      return null;
    }
    Kept last = kept.removeLast();
    all.remove(last);
    if (kept.isEmpty()) {
      byRoute.remove(route);
    }
    return last.connection();
  }

  void keep(Route route, HttpClientConnection connection) {
    if (all.size() >= most) {
      Kept oldest = all.iterator().next();
      remove(oldest);
      oldest.connection().close();
    }
    Kept kept = new Kept(route, connection, System.nanoTime());
    byRoute.computeIfAbsent(route, place -> new ArrayDeque<>(4)).add(kept);
    all.add(kept);
    connection.closeHandler(closed -> remove(kept));
  }

  /** Lets go of those that have waited for long. */
  void closeOld() {
    long now = System.nanoTime();
    Iterator<Kept> oldest = all.iterator();
    while (oldest.hasNext()) {
      Kept kept = oldest.next();
      if (now - kept.since() <= longest) {
        return;
      }
      oldest.remove();
      forget(kept);
      kept.connection().close();
    }
  }

  private void remove(Kept kept) {
    if (all.remove(kept)) {
      forget(kept);
    }
  }

  private void forget(Kept kept) {
    byRoute.computeIfPresent(
        kept.route(),
        (route, others) -> {
          others.remove(kept);
          return others.isEmpty() ? null : others;
        });
  }
}
