package tocsin.selfservice;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tocsin.config.Literals;

/**
 * Who asked us for something over the web.
 *
 * @param ip a literal address without a zone; null: not known
 * @param userAgent what their browser says of itself, of any length; null: nothing
 */
public record Visitor(@Nullable String ip, @Nullable String userAgent) {
  private static final int NETWORK_OCTETS = 8;

  /** Nothing is known of them. */
  public static final Visitor UNKNOWN = new Visitor(null, null);

  public Visitor {
    if (ip != null && Literals.parse(ip).isEmpty()) {
      throw new IllegalArgumentException("an IP address is a literal");
    }
  }

  /**
   * Whom a limit takes for one, as a CIDR block: an IPv4 address, or the /64 of an IPv6 address,
   * since whoever has one of its addresses has them all. Null where nothing is known.
   */
  @Nullable String network() {
    if (ip == null) {
      return null;
    }
    byte[] octets = Literals.parse(ip).orElseThrow().getAddress();
    if (octets.length <= NETWORK_OCTETS / 2) {
      return ip + "/32";
    }
    Arrays.fill(octets, NETWORK_OCTETS, octets.length, (byte) 0);
    try {
      return InetAddress.getByAddress(octets).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 octets are an address", e);
    }
  }

  /** Without what tells of a person. */
  @Override
  public String toString() {
    return "Visitor";
  }
}
