package tocsin.render;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Text that knows which lines of its template it came from: each line's number travels through the
 * rendering, between two characters that no model holds.
 *
 * @param starts line numbers by the offset in the text from which they hold
 */
record NumberedText(String text, NavigableMap<Integer, Integer> starts) {
  private static final char OPEN = '\u0001';
  private static final char CLOSE = '\u0002';

  /** The template, with the numbers in it. */
  static String template(String template) {
    StringBuilder numbered = new StringBuilder();
    List<String> lines = template.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      numbered.append(OPEN).append(i + 1).append(CLOSE).append(lines.get(i)).append('\n');
    }
    return numbered.toString();
  }

  /** What such a template made. */
  static NumberedText of(String rendered) {
    StringBuilder text = new StringBuilder();
    NavigableMap<Integer, Integer> starts = new TreeMap<>();
    starts.put(0, 1);
    for (int i = 0; i < rendered.length(); i++) {
      if (rendered.charAt(i) == OPEN) {
        int close = rendered.indexOf(CLOSE, i);
        starts.put(text.length(), Integer.valueOf(rendered.substring(i + 1, close)));
        i = close;
      } else {
        text.append(rendered.charAt(i));
      }
    }
    return new NumberedText(text.toString(), starts);
  }

  int line(int offset) {
    return starts.floorEntry(Math.max(0, offset)).getValue();
  }
}
