package tocsin.audience;

import java.util.Locale;
import java.util.Optional;

/** Which updates of one incident a subscriber gets when a newer one overtakes one that waits. */
public enum UpdateChoice {
  /** All of them, in their order; only webhooks may choose it. */
  EVERY,
  /** The newest, and never none of those that close the incident. */
  LATEST;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in JSON and SQL. */
  public String word() {
    return word;
  }

  public static Optional<UpdateChoice> of(String word) {
    for (UpdateChoice choice : values()) {
      if (choice.word().equals(word)) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }
}
