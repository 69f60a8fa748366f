package tocsin.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** What each setting of the brand means; one that means nothing fails with what would be right. */
final class Branding {
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_ADDRESS = 300;
  private static final int LONGEST_URL = 500;

  private Branding() {}

  static String name(String value) {
    return line(value, LONGEST_NAME);
  }

  static String address(String value) {
    return line(value, LONGEST_ADDRESS);
  }

  /** {@code #rrggbb} in lower case. */
  static String color(String value) {
    if (!value.matches("#[0-9A-Fa-f]{6}")) {
      throw new IllegalArgumentException("expected # and six hexadecimal digits, as in #1f5c63");
    }
    return value.toLowerCase(Locale.ROOT);
  }

  /** Of http or https. */
  static URI page(String value) {
    String expected = "expected the address of a page, https://...";
    try {
      URI url = new URI(value);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && value.length() <= LONGEST_URL) {
        return url;
      }
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(expected, malformed);
    }
    throw new IllegalArgumentException(expected);
  }

  private static String line(String value, int longest) {
    if (value.length() > longest || value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("expected one line of at most " + longest + " characters");
    }
    return value.strip();
  }
}
