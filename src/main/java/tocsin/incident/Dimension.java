package tocsin.incident;

import java.util.Locale;

/** What the catalogue lists; segments are free tags and stand in no list. */
public enum Dimension {
  COMPONENT,
  REGION;

  /** The word in JSON and SQL. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word for several of them, as in paths and filters. */
  public String plural() {
    return word() + "s";
  }
}
