package tocsin.feedback;

import java.util.Locale;
import java.util.Optional;

/** What a text to us asks for. */
enum ReplyWord {
  STOP,
  START,
  HELP;

  /** The word in SQL. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Twilio's own reading goes first: it knows the words of each country. A word of ours must be the
   * whole message.
   *
   * @param optOutType Twilio's reading, or empty
   */
  static Optional<ReplyWord> of(String optOutType, String body) {
    String said = optOutType.isBlank() ? body : optOutType;
    return switch (said.strip().toUpperCase(Locale.ROOT)) {
      case "STOP",
          "STOPALL",
          "UNSUBSCRIBE",
          "CANCEL",
          "END",
          "QUIT",
          "REVOKE",
          "OPTOUT",
          "OPT OUT",
          "OPT-OUT",
          "ABMELDEN" ->
          Optional.of(STOP);
      case "START", "YES", "UNSTOP" -> Optional.of(START);
      case "HELP", "INFO" -> Optional.of(HELP);
      default -> Optional.empty();
    };
  }
}
