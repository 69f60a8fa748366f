package tocsin.config;

import java.net.InetAddress;
import java.util.Optional;

/** A range of addresses, {@code 10.0.0.0/8} or one address. */
public final class Cidr {
  private final byte[] network;
  private final int length;

  private Cidr(byte[] network, int length) {
    this.network = network;
    this.length = length;
  }

  /** Empty for anything that is not a literal address with an optional prefix length. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    return Literals.parse(address)
        .map(InetAddress::getAddress)
        .flatMap(network ->
            slash < 0
                ? Optional.of(new Cidr(network, network.length * Byte.SIZE))
                : withLength(network, text.substring(slash + 1)));
  }

  /** For ranges that were checked. */
  public static Cidr of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("no range: " + text));
  }

  /** An address of the other family is never inside. */
  public boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = length / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int rest = length % Byte.SIZE;
    int mask = 0xff << (Byte.SIZE - rest);
    return rest == 0 || ((address[whole] ^ network[whole]) & mask & 0xff) == 0;
  }

  private static Optional<Cidr> withLength(byte[] network, String text) {
    if (!text.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(text);
    return length <= network.length * Byte.SIZE
        ? Optional.of(new Cidr(network, length))
        : Optional.empty();
  }
}
