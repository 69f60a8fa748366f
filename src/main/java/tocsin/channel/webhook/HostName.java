package tocsin.channel.webhook;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The syntax of host names: strict, since resolvers and browsers read doubtful ones differently.
 */
final class HostName {
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern TOP = Pattern.compile("[a-z]{2,63}|xn--[a-z0-9-]+");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final int LONGEST = 253;
  private static final List<String> INTERNAL =
      List.of("localhost", "local", "internal", "svc", "cluster.local");

  private HostName() {}

  /**
   * The name in lower-case ASCII, one trailing dot dropped. Empty where it is no name, where its
   * last label could be read as a number, and where international characters would be mapped to
   * others: sharp s, circled digits, full-width letters, ideographic dots.
   */
  static Optional<String> ascii(String raw) {
    String lower = raw.toLowerCase(Locale.ROOT);
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return encoded(name)
        .filter(ascii -> ascii.length() <= LONGEST && NAME.matcher(ascii).matches())
        .filter(ascii -> !NUMBER.matcher(top(ascii)).matches());
  }

  /** Whether the public DNS could know it: two labels, a top level that is a word. */
  static boolean looksPublic(String ascii) {
    return ascii.indexOf('.') > 0
        && TOP.matcher(top(ascii)).matches()
        && INTERNAL.stream().noneMatch(suffix -> ascii.endsWith("." + suffix));
  }

  private static Optional<String> encoded(String name) {
    try {
      String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
      return ascii.equals(name) || IDN.toUnicode(ascii).equals(name)
          ? Optional.of(ascii)
          : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException notAName) {
      return Optional.empty();
    }
  }

  private static String top(String ascii) {
    return ascii.substring(ascii.lastIndexOf('.') + 1);
  }
}
