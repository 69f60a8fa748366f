package tocsin.render;

import java.util.regex.Pattern;

/**
 * Text without what a reader cannot see and a protocol may obey: control characters, bidirectional
 * overrides, halves of surrogate pairs. Everything that reaches a message passes here, and every
 * value that reaches a mail header passes {@link #line}.
 */
final class SafeText {
  private static final Pattern LINE_ENDS = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029]");
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cc}&&[^\\n\\t]]|[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
  private static final Pattern HALF_PAIRS = Pattern.compile("\\p{Cs}");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private SafeText() {}

  /** Lines ended by LF; tabs kept. */
  static String block(String text) {
    if (isVisibleAscii(text)) {
      return text;
    }
    String lines = LINE_ENDS.matcher(text).replaceAll("\n");
    String seen = UNSEEN.matcher(lines).replaceAll("");
    return HALF_PAIRS.matcher(seen).replaceAll("\uFFFD");
  }

  /** One line: every run of blanks and line ends is one space. */
  static String line(String text) {
    if (isVisibleAscii(text) && text.indexOf(' ') < 0) {
      return text;
    }
    return BLANKS.matcher(block(text)).replaceAll(" ").strip();
  }

  /** What most addresses are: there is nothing to take out. */
  private static boolean isVisibleAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
