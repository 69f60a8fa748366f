package tocsin.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Relaxed canonicalization of headers and bodies (RFC 6376, 3.4.2 and 3.4.4). */
final class DkimText {
  private static final String LINE_END = "\r\n";
  private static final Pattern FOLD = Pattern.compile("\r\n(?=[ \t])");
  private static final Pattern NEXT_HEADER = Pattern.compile("\r\n(?![ \t])");
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");
  private static final Pattern BLANKS_AT_END = Pattern.compile(" (?=\r\n|$)");
  private static final Pattern EMPTY_LINES_AT_END = Pattern.compile("(?:\r\n)*$");

  private DkimText() {}

  /** Each without its CRLF at the end, folded as it is. */
  static List<String> headers(String mail) {
    int end = mail.indexOf(LINE_END + LINE_END);
    return new ArrayList<>(List.of(NEXT_HEADER.split(end < 0 ? mail : mail.substring(0, end))));
  }

  static String body(String mail) {
    int end = mail.indexOf(LINE_END + LINE_END);
    return end < 0 ? "" : mail.substring(end + 2 * LINE_END.length());
  }

  static String name(String header) {
    return header.substring(0, header.indexOf(':')).strip();
  }

  /** Without CRLF. */
  static String relaxedHeader(String header) {
    String value = FOLD.matcher(header.substring(header.indexOf(':') + 1)).replaceAll("");
    return name(header).toLowerCase(Locale.ROOT)
        + ":"
        + BLANKS.matcher(value).replaceAll(" ").strip();
  }

  static String relaxedBody(String body) {
    String single = BLANKS.matcher(body).replaceAll(" ");
    String lines = BLANKS_AT_END.matcher(single).replaceAll("");
    String trimmed = EMPTY_LINES_AT_END.matcher(lines).replaceFirst("");
    return trimmed.isEmpty() ? "" : trimmed + LINE_END;
  }
}
