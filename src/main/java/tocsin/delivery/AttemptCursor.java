package tocsin.delivery;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a page of the log ends, which is newest first: {@code 1763862000000000:4711-3}. */
public record AttemptCursor(Instant at, AttemptId id) {
  /** Before all that may be logged. */
  public static final AttemptCursor START =
      new AttemptCursor(
          Instant.ofEpochSecond(9_999_999_999L), new AttemptId(Long.MAX_VALUE, Integer.MAX_VALUE));

  private static final Pattern FORM = Pattern.compile("([0-9]{1,16}):([0-9-]{1,28})");

  @Override
  public String toString() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at) + ":" + id;
  }

  /** Empty for anything that {@link #toString} cannot have made. */
  public static Optional<AttemptCursor> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Instant at = Instant.EPOCH.plus(Long.parseLong(form.group(1)), ChronoUnit.MICROS);
    return AttemptId.parse(form.group(2)).map(id -> new AttemptCursor(at, id));
  }
}
