package tocsin.channel.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header (RFC 9110, 10.2.3): seconds, or a date in three forms. */
final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final int DIGITS_OF_A_SANE_NUMBER = 9;

  private RetryAfter() {}

  /**
   * How long to wait, from zero to the longest; empty for a missing, negative, fractional or
   * unreadable value. A date in the past means zero.
   *
   * @param date the answer's own {@code Date} header, which a date is compared with where it can be
   *     read, so that a wrong clock over there does no harm
   * @param now compared with otherwise
   */
  static Optional<Duration> parse(
      @Nullable String value, @Nullable String date, Instant now, Duration longest) {
    if (value == null) {
      return Optional.empty();
    }
    String text = value.strip();
    return seconds(text, longest)
        .or(() -> date(text, now).map(until -> Duration.between(reference(date, now), until)))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(longest) > 0 ? longest : wait);
  }

  private static Optional<Duration> seconds(String text, Duration longest) {
    if (!SECONDS.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        text.length() > DIGITS_OF_A_SANE_NUMBER
            ? longest
            : Duration.ofSeconds(Long.parseLong(text)));
  }

  private static Instant reference(@Nullable String date, Instant now) {
    return Optional.ofNullable(date).flatMap(text -> date(text.strip(), now)).orElse(now);
  }

  private static Optional<Instant> date(String text, Instant now) {
    return forms(now).map(form -> date(text, form)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(form.parse(text, Instant::from));
    } catch (DateTimeException anotherForm) {
      return Optional.empty();
    }
  }

  /** The two digits of the RFC 850 year are at most 50 years ahead. */
  private static Stream<DateTimeFormatter> forms(Instant now) {
    LocalDate earliest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
    var rfc850 =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH);
    return Stream.of(
        utc(DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)),
        utc(rfc850),
        utc(DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)));
  }

  private static DateTimeFormatter utc(DateTimeFormatter form) {
    return form.withZone(ZoneOffset.UTC);
  }
}
