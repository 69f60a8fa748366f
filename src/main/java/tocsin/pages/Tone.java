package tocsin.pages;

import java.util.Locale;
import tocsin.incident.Impact;
import tocsin.incident.Kind;
import tocsin.incident.Status;
import tocsin.incident.Update;

/** How something is marked: a class of the style sheet and a shape; the words beside say it too. */
enum Tone {
  CRITICAL,
  MAJOR,
  MINOR,
  NONE,
  PLANNED,
  OVER;

  static Tone of(Update update) {
    Status status = update.status();
    if (status.closes()) {
      return OVER;
    }
    return status.kind() == Kind.MAINTENANCE ? PLANNED : of(update.impact());
  }

  private static Tone of(Impact impact) {
    return switch (impact) {
      case CRITICAL -> CRITICAL;
      case MAJOR -> MAJOR;
      case MINOR -> MINOR;
      case NONE -> NONE;
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
