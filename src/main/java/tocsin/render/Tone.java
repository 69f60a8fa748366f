package tocsin.render;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tocsin.incident.Kind;
import tocsin.incident.Status;
import tocsin.incident.Update;

/** How alarming a message looks. */
enum Tone {
  ALARM,
  WARNING,
  QUIET,
  NOTICE,
  CALM,
  REFLECTION;

  static Tone of(Update update) {
    if (update.status() == Status.POSTMORTEM) {
      return REFLECTION;
    }
    if (update.status().closes()) {
      return CALM;
    }
    if (update.status().kind() == Kind.MAINTENANCE) {
      return NOTICE;
    }
    return switch (update.impact()) {
      case NONE -> QUIET;
      case MINOR -> WARNING;
      case MAJOR, CRITICAL -> ALARM;
    };
  }

  /** Every tone by its word, true for this one: templates cannot compare. */
  Map<String, Boolean> flags() {
    return Arrays.stream(values())
        .collect(Collectors.toMap(tone -> tone.name().toLowerCase(Locale.ROOT), this::equals));
  }
}
