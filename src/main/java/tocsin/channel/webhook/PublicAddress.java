package tocsin.channel.webhook;

import java.util.Arrays;
import java.util.List;
import tocsin.config.Cidr;

/**
 * Which addresses are on the public internet, by their bytes: the predicates of InetAddress know
 * neither 100.64/10 nor fc00::/7, nor the forms in which IPv6 carries an IPv4 address.
 */
final class PublicAddress {
  private static final List<Cidr> SPECIAL_V4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          // the wire server of Azure, private in all but its number
          "168.63.129.16");

  /** Everything outside, NAT64 and unique local addresses among it, is special. */
  private static final Cidr GLOBAL_UNICAST_V6 = Cidr.of("2000::/3");

  /** Teredo, documentation, 6to4. */
  private static final List<Cidr> SPECIAL_V6 =
      ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

  private static final int V6_LENGTH = 16;
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private PublicAddress() {}

  /**
   * A mapped address is what it maps to.
   *
   * @param address 4 or 16 bytes
   */
  static boolean test(byte[] address) {
    if (address.length != V6_LENGTH) {
      return none(SPECIAL_V4, address);
    }
    if (Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
      return none(SPECIAL_V4, Arrays.copyOfRange(address, MAPPED.length, V6_LENGTH));
    }
    return GLOBAL_UNICAST_V6.contains(address) && none(SPECIAL_V6, address);
  }

  private static boolean none(List<Cidr> ranges, byte[] address) {
    return ranges.stream().noneMatch(range -> range.contains(address));
  }

  private static List<Cidr> ranges(String... texts) {
    return Arrays.stream(texts).map(Cidr::of).toList();
  }
}
