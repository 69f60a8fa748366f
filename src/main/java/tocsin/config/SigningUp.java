package tocsin.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the settings of opt-ins mean. */
final class SigningUp {
  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(3);
  private static final String LIFETIME_FORM = "must be PT24H to PT72H";
  private static final int MOST_PER_HOUR = 1_000_000;
  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private SigningUp() {}

  static Duration lifetime(String value) {
    try {
      Duration length = Duration.parse(value);
      if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
        return length;
      }
    } catch (DateTimeParseException notUnderstood) {
      throw new IllegalArgumentException(LIFETIME_FORM, notUnderstood);
    }
    throw new IllegalArgumentException(LIFETIME_FORM);
  }

  static int perHour(String value) {
    if (value.matches("[0-9]{1,7}")) {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= MOST_PER_HOUR) {
        return number;
      }
    }
    throw new IllegalArgumentException("expected a number, 1 to " + MOST_PER_HOUR);
  }

  static Set<String> countries(String value) {
    Set<String> countries =
        Arrays.stream(value.split(","))
            .map(country -> country.strip().toUpperCase(Locale.ROOT))
            .filter(country -> !country.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    if (!COUNTRIES.containsAll(countries)) {
      throw new IllegalArgumentException("expected countries of ISO 3166-1, as in DE,US");
    }
    return countries;
  }
}
