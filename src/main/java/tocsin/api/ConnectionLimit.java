package tocsin.api;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hangs up on connections beyond what a server has room for, in all and of one peer, so that
 * whoever opens many leaves some to the others, and file descriptors to the rest of the gateway.
 */
final class ConnectionLimit implements Handler<HttpConnection> {
  private static final int MOST = 4_096;
  private static final int SHARE_OF_A_PEER = 8;

  private final ClientAddress addresses;
  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, Integer> peers = new ConcurrentHashMap<>();

  /**
   * @param most in all; an eighth of it for one peer that is no proxy of ours
   */
  ConnectionLimit(ClientAddress addresses, int most) {
    this.addresses = addresses;
    this.most = most;
  }

  /** Of at most half the file descriptors that this process may have. */
  static ConnectionLimit usual(ClientAddress addresses) {
    long descriptors =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE;
    return new ConnectionLimit(addresses, (int) Math.min(MOST, descriptors / 2));
  }

  @Override
  public void handle(HttpConnection connection) {
    SocketAddress remote = connection.remoteAddress();
    String peer = remote == null ? "" : String.valueOf(remote.hostAddress());
    int all = open.incrementAndGet();
    int ofPeer = peers.merge(peer, 1, Integer::sum);
    connection.closeHandler(gone -> {
      open.decrementAndGet();
      peers.computeIfPresent(peer, (same, count) -> count == 1 ? null : count - 1);
    });
    if (all > most || (ofPeer > most / SHARE_OF_A_PEER && !addresses.isProxy(peer))) {
      connection.close();
    }
  }
}
