package tocsin.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one attempt in the log: {@code 4711}, or {@code 4711-3}.
 *
 * @param row in which it is
 * @param member from 1 on, of a row that holds many; else 0
 */
public record AttemptId(long row, int member) {
  static final AttemptId NONE = new AttemptId(0, 0);
  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,9}))?");

  @Override
  public String toString() {
    return member == 0 ? Long.toString(row) : row + "-" + member;
  }

  /** Empty for anything that {@link #toString} cannot have made. */
  public static Optional<AttemptId> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String member = form.group(2);
    return Optional.of(
        new AttemptId(
            Long.parseLong(form.group(1)), member == null ? 0 : Integer.parseInt(member)));
  }
}
