package tocsin.config;

import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;

/** What somebody who wrote an unknown name probably meant. */
final class NearestName {
  /** More edits than this are another word, not a slip. */
  private static final int MOST_EDITS = 4;

  private NearestName() {}

  /** {@code ; did you mean smtp.port?}, or nothing when no name is near. */
  static String hint(String unknown, Function<Key, String> names) {
    return Stream.of(Key.values())
        .map(names)
        .min(Comparator.comparingInt(name -> edits(unknown, name)))
        .filter(name -> edits(unknown, name) <= MOST_EDITS)
        .map(name -> "; did you mean " + name + "?")
        .orElse("; check-config lists all");
  }

  /** Levenshtein's distance. */
  static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
