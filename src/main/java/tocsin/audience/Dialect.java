package tocsin.audience;

import java.util.Locale;
import java.util.Optional;

/** Whose form a webhook's events have. */
public enum Dialect {
  /** Our own, one JSON Schema a type. */
  NATIVE,
  /** Statuspage's, for receivers that were written for it. */
  STATUSPAGE,
  /** A message to an incoming webhook of Slack. */
  SLACK,
  /** A card to an incoming webhook of a Teams workflow. */
  TEAMS;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in JSON and SQL. */
  public String word() {
    return word;
  }

  /** What is sent is read by people, and nothing but the status is answered. */
  public boolean isChat() {
    return this == SLACK || this == TEAMS;
  }

  public static Optional<Dialect> of(String word) {
    for (Dialect dialect : values()) {
      if (dialect.word().equals(word)) {
        return Optional.of(dialect);
      }
    }
    return Optional.empty();
  }
}
