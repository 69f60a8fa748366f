package tocsin.incident;

import java.util.Optional;

/** The form of names that people read: one line, 1 to 200 characters. */
public final class DisplayName {
  private static final int LONGEST = 200;

  private DisplayName() {}

  /** What is wrong with it; empty if nothing is. */
  public static Optional<String> complaint(String name) {
    if (name.isBlank() || name.codePointCount(0, name.length()) > LONGEST) {
      return Optional.of("must have 1 to " + LONGEST + " characters");
    }
    boolean unprintable = name.codePoints().anyMatch(DisplayName::isUnprintable);
    return unprintable
        ? Optional.of("must be one line without control characters")
        : Optional.empty();
  }

  private static boolean isUnprintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
