package tocsin.render;

import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain text in lines that every mail reader shows whole. */
final class PlainLines {
  private static final int WIDTH = 78;
  private static final Pattern MARGIN = Pattern.compile("[ >]*(?:[-*] +|\\d{1,9}[.)] +)?");
  private static final Pattern EMPTY_LINES = Pattern.compile("\n{3,}");

  private PlainLines() {}

  /** Breaks at blanks, items of lists hanging; a longer word, such as a link, keeps its line. */
  static String wrapped(String text) {
    StringJoiner lines = new StringJoiner("\n");
    for (String line : text.split("\n", -1)) {
      lines.add(folded(line.stripTrailing()));
    }
    return EMPTY_LINES.matcher(lines.toString()).replaceAll("\n\n").strip() + "\n";
  }

  private static String folded(String line) {
    if (line.length() <= WIDTH) {
      return line;
    }
    Matcher margin = MARGIN.matcher(line);
    int start = margin.lookingAt() ? Math.min(margin.end(), WIDTH / 2) : 0;
    StringBuilder folded = new StringBuilder(line.substring(0, start));
    int column = start;
    for (String word : line.substring(start).split(" +", -1)) {
      if (column > start && column + 1 + word.length() > WIDTH) {
        folded.append('\n').repeat(" ", start);
        column = start;
      } else if (column > start) {
        folded.append(' ');
        column++;
      }
      folded.append(word);
      column += word.length();
    }
    return folded.toString();
  }
}
