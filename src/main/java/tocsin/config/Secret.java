package tocsin.config;

/** A value that never shows: it prints as stars, and only who needs it asks for it. */
public record Secret(String value) {
  static final String MASK = "***";

  @Override
  public String toString() {
    return MASK;
  }
}
