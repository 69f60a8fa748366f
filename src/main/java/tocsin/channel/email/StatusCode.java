package tocsin.channel.email;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code (RFC 3463): 5.1.1. Zeros where there is none.
 *
 * @param kind 2, 4 or 5
 */
public record StatusCode(int kind, int subject, int detail) {
  public static final StatusCode NONE = new StatusCode(0, 0, 0);

  /** No address, no number of a version. */
  private static final Pattern FORM =
      Pattern.compile("(?<![\\d.])([245])\\.([0-7])\\.(\\d{1,3})(?!\\.?\\d)");

  /** The first one that says more than x.0.0, else the first; failures go before delays. */
  public static StatusCode in(String text) {
    Matcher code = FORM.matcher(text);
    StatusCode best = NONE;
    while (code.find()) {
      StatusCode found =
          new StatusCode(number(code.group(1)), number(code.group(2)), number(code.group(3)));
      if (found.weight() > best.weight()) {
        best = found;
      }
    }
    return best;
  }

  /** What stands at the beginning, as in {@code 5.2.2 (over quota)}. */
  public static Optional<StatusCode> at(String text) {
    Matcher code = FORM.matcher(text);
    return code.lookingAt()
        ? Optional.of(
            new StatusCode(number(code.group(1)), number(code.group(2)), number(code.group(3))))
        : Optional.empty();
  }

  /** Whether it says more than that something went wrong. */
  public boolean isSpecific() {
    return subject > 0 && detail > 0;
  }

  public boolean isLasting() {
    return kind == 5;
  }

  public boolean isTransient() {
    return kind == 4;
  }

  @Override
  public String toString() {
    return kind == 0 ? "" : kind + "." + subject + "." + detail;
  }

  private int weight() {
    if (kind < 4) {
      return 0;
    }
    return (isSpecific() ? 4 : subject > 0 ? 2 : 1) + (isLasting() ? 4 : 0);
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
