package tocsin.render;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One entry of a words file. It may hold slots: {@code {brand}} under {@code say.} and {@code
 * notice.}, {@code {brand}} and {@code {code}} under {@code chat.}, {@code {name}} and {@code
 * {count}} under {@code scope.}.
 */
record Word(String text) {
  private static final Pattern SLOT = Pattern.compile("\\{([^}]*)}");
  private static final ZonedDateTime ANY_TIME =
      ZonedDateTime.of(2026, 1, 15, 10, 30, 0, 0, ZoneOffset.UTC);

  /** What makes the words unfit for that key, if anything. */
  Optional<String> complaint(String key) {
    if (text.isEmpty()) {
      return Optional.of(key + " has no words");
    }
    if (key.equals("direction") && !text.equals("ltr") && !text.equals("rtl")) {
      return Optional.of("direction is ltr or rtl");
    }
    return key.startsWith("time.") ? badTime() : badSlot(key);
  }

  private static Set<String> slots(String key) {
    if (key.startsWith("say.") || key.startsWith("notice.")) {
      return Set.of("brand");
    }
    if (key.startsWith("chat.")) {
      return Set.of("brand", "code");
    }
    return key.startsWith("scope.") ? Set.of("name", "count") : Set.of();
  }

  private Optional<String> badSlot(String key) {
    return SLOT.matcher(text)
        .results()
        .filter(slot -> !slots(key).contains(slot.group(1)))
        .map(MatchResult::group)
        .map(slot -> "unknown slot " + slot)
        .findFirst();
  }

  private Optional<String> badTime() {
    try {
      return DateTimeFormatter.ofPattern(text, Locale.ROOT).format(ANY_TIME).isBlank()
          ? Optional.of("the pattern shows no time")
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.of("no pattern of a time: " + e.getMessage());
    }
  }
}
