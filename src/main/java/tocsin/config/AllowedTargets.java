package tocsin.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads lists of hosts, addresses and CIDR blocks. */
final class AllowedTargets {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern LIKE_IPV4 = Pattern.compile("[0-9.]+");

  private AllowedTargets() {}

  /** In lower case, in the order written; commas or blanks stand between them. */
  static List<String> parse(String value) {
    return Stream.of(value.split("[,\\s]+", -1))
        .filter(entry -> !entry.isEmpty())
        .map(AllowedTargets::entry)
        .toList();
  }

  /** As above, without names. */
  static List<String> ranges(String value) {
    List<String> entries = parse(value);
    for (String entry : entries) {
      if (isName(entry)) {
        throw new IllegalArgumentException(
            "expected addresses or CIDR blocks as in 10.1.0.0/16, not \"" + entry + '"');
      }
    }
    return entries;
  }

  private static String entry(String entry) {
    int slash = entry.indexOf('/');
    boolean right =
        slash < 0
            ? isAddress(entry) || isName(entry)
            : isAddress(entry.substring(0, slash))
                && isPrefix(entry.substring(slash + 1), entry.contains(":") ? 128 : 32);
    if (!right) {
      throw new IllegalArgumentException(
          "expected hosts, addresses or CIDR blocks as in 10.1.0.0/16, not \"" + entry + '"');
    }
    return entry.toLowerCase(Locale.ROOT);
  }

  private static boolean isName(String host) {
    return Values.HOST.matcher(host).matches()
        && !host.contains(":")
        && !LIKE_IPV4.matcher(host).matches();
  }

  private static boolean isPrefix(String length, int longest) {
    return length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= longest;
  }

  private static boolean isAddress(String literal) {
    if (!literal.contains(":") && !IPV4.matcher(literal).matches()) {
      return false;
    }
    try {
      return !InetAddress.ofLiteral(literal).getHostAddress().isEmpty();
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }
}
