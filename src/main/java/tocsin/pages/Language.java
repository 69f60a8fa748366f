package tocsin.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The languages of the pages, with their words and their way to write a time. */
enum Language {
  ENGLISH(Locale.ENGLISH, "d MMMM yyyy, HH:mm"),
  GERMAN(Locale.GERMAN, "d. MMMM yyyy, HH:mm");

  private static final int LONGEST_HEADER = 200;

  private final Locale locale;
  private final DateTimeFormatter time;

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable from the start
  private final Map<String, String> words;

  Language(Locale locale, String time) {
    this.locale = locale;
    this.time = DateTimeFormatter.ofPattern(time, locale);
    this.words = Resource.properties("words_" + locale.toLanguageTag() + ".properties");
  }

  /** The one that {@code Accept-Language} likes best; English where it likes none. */
  static Language preferred(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.length() > LONGEST_HEADER) {
      return ENGLISH;
    }
    try {
      Locale best =
          Locale.lookup(
              LanguageRange.parse(acceptLanguage), List.of(ENGLISH.locale, GERMAN.locale));
      return GERMAN.locale.equals(best) ? GERMAN : ENGLISH;
    } catch (IllegalArgumentException noRange) {
      return ENGLISH;
    }
  }

  /** Of its tag, {@code de}. */
  static Optional<Language> named(@Nullable String tag) {
    return Arrays.stream(values()).filter(language -> language.tag().equals(tag)).findAny();
  }

  /** The tag, as in the {@code lang} attribute. */
  String tag() {
    return locale.toLanguageTag();
  }

  /** All words, by key. */
  Map<String, String> words() {
    return words;
  }

  String word(String key) {
    return Objects.requireNonNull(words.get(key), key);
  }

  /** With the clock's distance from UTC. */
  String time(Instant at, ZoneId clock) {
    ZonedDateTime local = at.atZone(clock);
    String offset = local.getOffset().equals(ZoneOffset.UTC) ? "" : local.getOffset().getId();
    return time.format(local) + " UTC" + offset;
  }
}
