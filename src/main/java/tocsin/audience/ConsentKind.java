package tocsin.audience;

import java.util.Locale;

/** Whether a consent was given or taken back. */
public enum ConsentKind {
  GIVEN,
  WITHDRAWN;

  /** The word in JSON and SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ConsentKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
