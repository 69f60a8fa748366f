package tocsin.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a mail that SMTP carries as they are (RFC 5321, 4.5.2 and 4.5.3.1.6). */
final class WireLines {
  static final int LONGEST = 998;

  /** What quoted-printable allows, without the CRLF (RFC 2045, 6.7). */
  private static final int LONGEST_ENCODED = 76;

  private static final String DOT = "=2E";
  private static final Pattern LEADING_DOT = Pattern.compile("(?<=\r\n)\\.([^\r]*)");

  private WireLines() {}

  /**
   * @throws IllegalArgumentException unless every line ends with CRLF, begins with no dot, and has
   *     at most 998 octets
   */
  static void require(byte[] octets) {
    int start = 0;
    for (int i = 0; i < octets.length; i++) {
      boolean ends = octets[i] == '\r' && i + 1 < octets.length && octets[i + 1] == '\n';
      if (i == start && octets[i] == '.') {
        throw new IllegalArgumentException("a line begins with a dot");
      }
      if (!ends && (octets[i] == '\r' || octets[i] == '\n')) {
        throw new IllegalArgumentException("CR and LF stand apart");
      }
      if (ends) {
        i++;
        start = i + 1;
      } else if (i - start >= LONGEST) {
        throw new IllegalArgumentException("a line is longer than " + LONGEST + " octets");
      }
    }
    if (start != octets.length || start == 0) {
      throw new IllegalArgumentException("the last line lacks its CRLF");
    }
  }

  static boolean isAscii(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  /** Quoted-printable of the same content in which no line begins with a dot. */
  static String undotted(String encoded) {
    return LEADING_DOT
        .matcher(encoded)
        .replaceAll(line -> Matcher.quoteReplacement(undottedLine(line.group(1))));
  }

  /**
   * @param rest of a line behind its leading dot
   */
  private static String undottedLine(String rest) {
    if (DOT.length() + rest.length() <= LONGEST_ENCODED) {
      return DOT + rest;
    }
    return DOT + "=\r\n" + (rest.startsWith(".") ? undottedLine(rest.substring(1)) : rest);
  }
}
