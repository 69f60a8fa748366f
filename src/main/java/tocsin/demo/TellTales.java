package tocsin.demo;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognises an update by its first words, in each of its languages. What a template, a line wrap
 * or a character set made of spaces and marks plays no part: only letters and digits are compared.
 */
final class TellTales implements Recognition {
  private static final int LENGTH = 28;

  private static final Map<String, String> POSTMORTEM =
      Map.of("en", "Post-mortem: ", "de", "Nachbericht: ");

  private final Map<String, Telling> bodies = new HashMap<>();
  private final Map<String, Telling> headings = new HashMap<>();

  /** Throws where two updates begin with the same words. */
  TellTales(Recording recording) {
    int sequence = 0;
    for (Step step : recording.steps()) {
      sequence++;
      JsonObject body = step.update().getJsonObject("body");
      for (String language : body.fieldNames()) {
        Telling telling = new Telling(sequence, language);
        Telling other = bodies.put(tale(body.getString(language)), telling);
        if (other != null) {
          throw new IllegalArgumentException(other + " and " + telling + " begin alike");
        }
        String heading = POSTMORTEM.get(language);
        if (heading != null && step.update().getString("status").equals("postmortem")) {
          headings.put(bare(heading + recording.title()), telling);
        }
      }
    }
  }

  @Override
  public @Nullable Telling of(String words) {
    String bare = bare(words);
    Telling telling = find(bodies, bare);
    return telling == null ? find(headings, bare) : telling;
  }

  private static @Nullable Telling find(Map<String, Telling> tales, String bare) {
    return tales.entrySet().stream()
        .filter(tale -> bare.contains(tale.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static String tale(String body) {
    String bare = bare(body);
    return bare.substring(0, Math.min(LENGTH, bare.length()));
  }

  private static String bare(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]+", "");
  }
}
