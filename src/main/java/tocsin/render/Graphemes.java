package tocsin.render;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * Cuts text where a reader sees a boundary: never inside an emoji, a flag or an accented letter.
 */
final class Graphemes {
  private static final int WORD = 16;

  private Graphemes() {}

  /** The longest prefix of whole graphemes with at most that many UTF-16 units. */
  static String prefix(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    BreakIterator boundaries = BreakIterator.getCharacterInstance(Locale.ROOT);
    boundaries.setText(text);
    return text.substring(0, longest == 0 ? 0 : boundaries.preceding(longest + 1));
  }

  /**
   * The text, or as much of it as fits with three dots after it; whole words if that costs little.
   */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    String prefix = prefix(text, Math.max(0, longest - 3));
    int blank = prefix.lastIndexOf(' ');
    boolean cheap = blank > 0 && prefix.length() - blank < WORD;
    return (cheap ? prefix.substring(0, blank) : prefix).stripTrailing() + "...";
  }
}
