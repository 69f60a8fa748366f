package tocsin.incident;

import java.util.regex.Pattern;

/** The form of every id that people choose. */
public final class Slug {
  /** What a refused id should have been. */
  public static final String FORM = "1 to 64 of a-z, 0-9 and -";

  private static final Pattern PATTERN = Pattern.compile("[a-z0-9-]{1,64}");

  private Slug() {}

  public static boolean is(String text) {
    return PATTERN.matcher(text).matches();
  }
}
