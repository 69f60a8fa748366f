package tocsin.render;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * What the owner of an endpoint is told when it is given up.
 *
 * @param endpoint its host: the rest of a URL may be secret
 * @param locale language tag
 */
public record Notice(Kind kind, String endpoint, Instant since, String locale, ZoneId zone) {

  /** Why nothing is sent any more. */
  public enum Kind {
    QUARANTINED,
    DISABLED;

    String key() {
      return "notice." + name().toLowerCase(Locale.ROOT);
    }
  }

  String heading(Words words) {
    return words.get(kind.key());
  }

  Map<String, ?> model(Brand brand, Words words) {
    return Map.of(
        "brand", brand.name(),
        "language", words.tag(),
        "direction", words.get("direction"),
        "say", words.sayings(brand.name()),
        "heading", heading(words),
        "lead", words.get(kind.key() + ".text"),
        "endpoint", SafeText.line(endpoint),
        "since", Moment.of(since, words, zone));
  }
}
