package tocsin.feedback;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a text to us asks for. */
enum ReplyWord {
  STOP,
  START,
  HELP,
  /** Help, by a word that Twilio does not answer. */
  HILFE;

  private static final int LONGEST = 160;
  private static final Set<String> STOP_WORDS =
      Set.of(
          "STOP",
          "STOPALL",
          "UNSUBSCRIBE",
          "CANCEL",
          "END",
          "QUIT",
          "REVOKE",
          "OPTOUT",
          "OPT OUT",
          "OPT-OUT",
          "STOPP",
          "ABMELDEN",
          "ABMELDUNG",
          "ABBESTELLEN",
          "AUSTRAGEN",
          "BEENDEN",
          "ENDE",
          "KÜNDIGEN",
          "KUENDIGEN");

  private static final Set<String> YES_WORDS = Set.of("YES", "Y", "JA");

  /** The word in SQL. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Twilio's own reading goes first: it knows the words of each country. A word of ours must be the
   * whole message; of leaving, any wording that says so (47 CFR 64.1200(a)(10)).
   *
   * @param optOutType Twilio's reading, or empty
   */
  static Optional<ReplyWord> of(String optOutType, String body) {
    String said = optOutType.isBlank() ? body : optOutType;
    if (said.length() > LONGEST) {
      return Optional.empty();
    }
    String words = words(said);
    if (STOP_WORDS.contains(words) || LeavingWords.areIn(words)) {
      return Optional.of(STOP);
    }
    return switch (words) {
      case "START", "YES", "UNSTOP" -> Optional.of(START);
      case "HELP", "INFO" -> Optional.of(HELP);
      case "HILFE" -> Optional.of(HILFE);
      default -> Optional.empty();
    };
  }

  /** Whether it agrees to an opt-in, if there is one. */
  static boolean agrees(String body) {
    return body.length() <= LONGEST && YES_WORDS.contains(words(body));
  }

  private static String words(String said) {
    return said.toUpperCase(Locale.ROOT)
        .replace('’', '\'')
        .replaceAll("^[\\p{P}\\p{S}\\s]+|[\\p{P}\\p{S}\\s]+$", "")
        .replaceAll("[\\s,.!]+", " ");
  }
}
