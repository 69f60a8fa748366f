package tocsin.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tocsin.config.Cidr;
import tocsin.config.Literals;

/**
 * Who asks, behind the proxies that are believed: the last address of {@code X-Forwarded-For} that
 * is not one of theirs. What a stranger wrote into that header counts for nothing.
 */
public final class ClientAddress {
  private static final String HEADER = "X-Forwarded-For";
  private static final int MOST_PROXIES = 20;
  private static final String UNKNOWN = "0.0.0.0";

  private final List<Cidr> proxies;

  /**
   * @param proxies addresses and CIDR blocks
   */
  public ClientAddress(List<String> proxies) {
    this.proxies = proxies.stream().map(Cidr::of).toList();
  }

  /** As a literal. */
  public String of(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    return of(peer == null ? null : peer.hostAddress(), request.headers().getAll(HEADER));
  }

  /**
   * @param forwarded the lines of the header, in order
   */
  String of(@Nullable String peer, List<String> forwarded) {
    InetAddress client = literal(peer == null ? "" : peer).orElse(null);
    if (client == null) {
      return UNKNOWN;
    }
    List<String> hops = Arrays.asList(String.join(",", forwarded).split(",", -1));
    for (String hop : hops.reversed().stream().limit(MOST_PROXIES).toList()) {
      Optional<InetAddress> before = isProxy(client) ? literal(hop.strip()) : Optional.empty();
      if (before.isEmpty()) {
        break;
      }
      client = before.get();
    }
    return client.getHostAddress();
  }

  /** Whether it is one of ours. */
  boolean isProxy(String peer) {
    return literal(peer).filter(this::isProxy).isPresent();
  }

  private static Optional<InetAddress> literal(String text) {
    int zone = text.indexOf('%');
    return Literals.parse(zone < 0 ? text : text.substring(0, zone));
  }

  private boolean isProxy(InetAddress address) {
    byte[] bytes = address.getAddress();
    return proxies.stream().anyMatch(range -> range.contains(bytes));
  }
}
