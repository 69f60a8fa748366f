package tocsin.channel.webhook;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import tocsin.config.Literals;

/**
 * Where a webhook goes, taken apart once.
 *
 * @param host lower-case ASCII without a trailing dot, or an IP literal without brackets
 * @param path path and query, as the request line carries them
 */
public record Target(Scheme scheme, String host, int port, String path) {

  /** How the endpoint is spoken to. */
  public enum Scheme {
    HTTP(80),
    HTTPS(443);

    private final int defaultPort;

    Scheme(int defaultPort) {
      this.defaultPort = defaultPort;
    }

    int defaultPort() {
      return defaultPort;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same place, another path. */
  Target at(String other) {
    return new Target(scheme, host, port, other.startsWith("/") ? other : "/" + other);
  }

  /** The address, where the host is one. */
  Optional<InetAddress> literal() {
    char last = host.charAt(host.length() - 1);
    boolean isName = last > '9' && host.indexOf(':') < 0;
    return isName ? Optional.empty() : Literals.parse(host);
  }
}
