package tocsin.incident;

import java.util.Locale;
import java.util.Optional;

/** What an operator wants of an update's fan-out. */
public enum Control {
  RUNNING,
  /** Nothing more is handed out; what is in flight ends. */
  PAUSED,
  /** For good: who has not been sent to is suppressed. */
  CANCELLED;

  /** Where a change is announced; the table is the truth. */
  public static final String TOPIC = "tocsin_control";

  /** The word in JSON and SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Control> of(String word) {
    for (Control control : values()) {
      if (control.word().equals(word)) {
        return Optional.of(control);
      }
    }
    return Optional.empty();
  }
}
