package tocsin.render;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** A point in time as recipients of one locale and zone read it. */
final class Moment {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Moment() {}

  /**
   * {@code long} and {@code short} in the zone, with its offset at that time, and the two parts of
   * the former, {@code local} and {@code offset}; {@code utc} and {@code iso} for machines and for
   * everyone else.
   */
  static Map<String, String> of(Instant instant, Words words, ZoneId zone) {
    ZonedDateTime local = instant.atZone(zone);
    String full = formatted(local, "time.long", words);
    String offset = offset(local, "xxx");
    return Map.of(
        "long",
        full + " (" + offset + ")",
        "local",
        full,
        "offset",
        offset,
        "short",
        formatted(local, "time.short", words) + " " + offset(local, "O"),
        "utc",
        UTC.format(instant),
        "iso",
        instant.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static String formatted(ZonedDateTime local, String pattern, Words words) {
    return DateTimeFormatter.ofPattern(words.get(pattern), words.locale()).format(local);
  }

  private static String offset(ZonedDateTime local, String pattern) {
    String offset = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(local);
    return "UTC" + offset.replace("GMT", "");
  }
}
