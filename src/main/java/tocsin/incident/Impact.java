package tocsin.incident;

import java.util.Locale;
import java.util.Optional;

/**
 * How hard customers are hit, from least to most; the order is the comparison of {@code minImpact}.
 */
public enum Impact {
  NONE,
  MINOR,
  MAJOR,
  CRITICAL;

  /** The word in JSON, SQL and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Impact> of(String word) {
    for (Impact impact : values()) {
      if (impact.word().equals(word)) {
        return Optional.of(impact);
      }
    }
    return Optional.empty();
  }
}
