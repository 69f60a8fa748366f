package tocsin.channel.email;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a server offers in its answer to EHLO (RFC 5321, 4.1.1.1).
 *
 * @param keywords in upper case, each with its parameters
 */
record Extensions(Map<String, String> keywords) {
  static final Extensions NONE = new Extensions(Map.of());

  /** What AUTH offers is also found in the form of old servers, {@code AUTH=LOGIN}. */
  static Extensions of(Reply ehlo) {
    Map<String, String> keywords = new HashMap<>();
    for (String line : ehlo.lines().subList(1, ehlo.lines().size())) {
      String[] words = line.strip().toUpperCase(Locale.ROOT).split("[ =]+", 2);
      keywords.putIfAbsent(words[0], words.length > 1 ? words[1] : "");
    }
    return new Extensions(Map.copyOf(keywords));
  }

  boolean pipelining() {
    return keywords.containsKey("PIPELINING");
  }

  boolean chunking() {
    return keywords.containsKey("CHUNKING");
  }

  boolean startTls() {
    return keywords.containsKey("STARTTLS");
  }

  boolean smtpUtf8() {
    return keywords.containsKey("SMTPUTF8");
  }

  boolean eightBit() {
    return keywords.containsKey("8BITMIME");
  }

  boolean deliveryReports() {
    return keywords.containsKey("DSN");
  }

  boolean size() {
    return keywords.containsKey("SIZE");
  }

  /** False only where the server has named a limit (RFC 1870) that so many octets exceed. */
  boolean takes(int octets) {
    String limit = keywords.getOrDefault("SIZE", "");
    return !limit.matches("[1-9][0-9]{0,17}") || octets <= Long.parseLong(limit);
  }

  List<String> mechanisms() {
    return List.of(keywords.getOrDefault("AUTH", "").split("\\s+"));
  }
}
