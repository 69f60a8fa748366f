package tocsin.render;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words of one locale.
 *
 * @param tag language tag, {@code de-AT}
 */
record Words(String tag, Map<String, Word> byKey) {
  static final String FALLBACK = "en";
  private static final String SAY = "say.";

  Words {
    byKey = Map.copyOf(byKey);
  }

  static String file(String tag) {
    return "words/" + tag + ".properties";
  }

  Locale locale() {
    return Locale.forLanguageTag(tag);
  }

  String get(String key) {
    Word word = byKey.get(key);
    if (word == null) {
      throw new IllegalStateException(file(tag) + " lacks " + key);
    }
    return word.text();
  }

  String get(String key, String slot, String value) {
    return get(key).replace("{" + slot + "}", value);
  }

  /** The entries under {@code say.}, which templates show, without that prefix. */
  Map<String, String> sayings(String brand) {
    Map<String, String> sayings = new TreeMap<>();
    for (String key : byKey.keySet()) {
      if (key.startsWith(SAY)) {
        sayings.put(key.substring(SAY.length()), get(key, "brand", brand));
      }
    }
    return sayings;
  }
}
