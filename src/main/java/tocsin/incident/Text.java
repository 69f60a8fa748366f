package tocsin.incident;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words of an update, Markdown, by language tag ({@code en}, {@code de-AT}). Never empty. A
 * text given without a language stands under {@link #ANY}.
 */
public record Text(Map<String, String> byLocale) {
  public static final String ANY = "";

  public Text {
    byLocale = Map.copyOf(byLocale);
    if (byLocale.isEmpty()) {
      throw new IllegalArgumentException("a text needs words in at least one language");
    }
  }

  public static Text of(String words) {
    return new Text(Map.of(ANY, words));
  }

  /**
   * The tag's words, else its language's, else those of no language, else English, else the first
   * by tag.
   */
  public String in(String tag) {
    String language = Locale.forLanguageTag(tag).getLanguage();
    for (String candidate : new String[] {tag, language, ANY, "en"}) {
      String words = byLocale.get(candidate);
      if (words != null) {
        return words;
      }
    }
    return new TreeMap<>(byLocale).firstEntry().getValue();
  }
}
