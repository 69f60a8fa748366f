package tocsin.demo;

import java.util.Map;
import java.util.Set;

/**
 * Who must hear of what.
 *
 * @param must exactly once, each in the language
 * @param may at most once, each in the language: whoever left while it was on its way
 */
record Expectation(Map<Notice, String> must, Map<Notice, String> may) {
  Expectation {
    must = Map.copyOf(must);
    may = Map.copyOf(may);
  }

  boolean allows(Notice notice) {
    return must.containsKey(notice) || may.containsKey(notice);
  }

  /** Who is expected at all. */
  Set<Notice> required() {
    return must.keySet();
  }

  /** {@code en} or {@code de}; of a notice that is allowed. */
  String language(Notice notice) {
    String language = must.get(notice);
    return language == null ? may.getOrDefault(notice, "") : language;
  }
}
