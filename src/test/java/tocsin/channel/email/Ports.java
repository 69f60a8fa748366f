package tocsin.channel.email;

import java.util.EnumMap;
import java.util.Map;
import tocsin.Loopback;

/** Where on loopback a server offers what. */
record Ports(Map<Manner, Integer> numbers) {
  /** What a port's answer to EHLO holds. */
  enum Manner {
    /** All that the server can do. */
    FULL,
    /** All but CHUNKING. */
    PIPELINED,
    /** Neither CHUNKING nor PIPELINING, and no word of how large a mail may be. */
    PLAIN,
    /** All but SMTPUTF8. */
    ASCII,
    /** All, and TLS from the first octet. */
    PRIVATE
  }

  static Ports free() {
    Map<Manner, Integer> numbers = new EnumMap<>(Manner.class);
    for (Manner manner : Manner.values()) {
      numbers.put(manner, Loopback.freePort());
    }
    return new Ports(numbers);
  }

  int of(Manner manner) {
    return numbers.getOrDefault(manner, 0);
  }
}
