package tocsin.channel;

import java.util.regex.Pattern;

/** What a provider said, made fit for a record: one line, bounded. */
final class Details {
  private static final int LONGEST = 200;
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\uD800-\\uDFFF]+");

  private Details() {}

  static String bounded(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    return isVisibleAscii(cut) ? cut.strip() : UNSEEN.matcher(cut).replaceAll(" ").strip();
  }

  private static boolean isVisibleAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
