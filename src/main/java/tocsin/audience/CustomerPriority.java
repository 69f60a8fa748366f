package tocsin.audience;

import java.util.Locale;
import java.util.Optional;

/** Whose messages of one update go first; in this order. */
public enum CustomerPriority {
  HIGH,
  NORMAL,
  LOW;

  /** The word in JSON and SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CustomerPriority> of(String word) {
    for (CustomerPriority priority : values()) {
      if (priority.word().equals(word)) {
        return Optional.of(priority);
      }
    }
    return Optional.empty();
  }
}
