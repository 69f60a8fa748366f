package tocsin.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the words of a locale: {@code key=words} lines, {@code #} for comments. */
final class WordsFile {
  private final TemplateFile file;
  private final Map<String, Word> byKey = new LinkedHashMap<>();
  private final Problems problems = new Problems();

  private WordsFile(TemplateFile file) {
    this.file = file;
  }

  static Set<String> keys(TemplateFile file) {
    return Set.copyOf(read(file).byKey.keySet());
  }

  /**
   * Empty, with every problem reported, unless all is well.
   *
   * @param required keys that must be there
   */
  static Optional<Words> parsed(
      TemplateFile file, String tag, Set<String> required, Problems problems) {
    WordsFile read = read(file);
    if (!Locale.forLanguageTag(tag).toLanguageTag().equalsIgnoreCase(tag)) {
      read.problems.add(file.name(), 1, "is not named after a language tag, such as en or pt-BR");
    }
    for (String key : new TreeSet<>(required)) {
      if (!read.byKey.containsKey(key)) {
        read.problems.add(file.name(), file.lines(), "ends without " + key);
      }
    }
    problems.addAll(read.problems);
    return read.problems.isEmpty() ? Optional.of(new Words(tag, read.byKey)) : Optional.empty();
  }

  private static WordsFile read(TemplateFile file) {
    WordsFile words = new WordsFile(file);
    List<String> lines = file.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        words.add(line, i + 1);
      }
    }
    return words;
  }

  private void add(String line, int number) {
    int equals = line.indexOf('=');
    if (equals < 1) {
      problems.add(file.name(), number, "expected key=words");
      return;
    }
    String key = line.substring(0, equals).strip();
    Word word = new Word(SafeText.line(line.substring(equals + 1)));
    if (byKey.put(key, word) != null) {
      problems.add(file.name(), number, key + " stands here for the second time");
    }
    word.complaint(key).ifPresent(detail -> problems.add(file.name(), number, detail));
  }
}
