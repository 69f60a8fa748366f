package tocsin.feedback;

import java.util.regex.Pattern;

/** Whole messages that say in other words than STOP that somebody wants no more. */
final class LeavingWords {
  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?:PLEASE |PLS |KINDLY )?(?:"
              + "(?:STOP|QUIT|CEASE)(?: ALL| ANY| THE| THESE| YOUR| SENDING| TEXTING| MESSAGING"
              + "| ME| US| TEXTS?| MESSAGES?| SMS| ALERTS| NOTIFICATIONS| NOW)*"
              + "|(?:DO NOT|DON'?T) (?:TEXT|MESSAGE|CONTACT|SEND|SMS)(?: ME| US| ANY| MORE| THESE"
              + "| TEXTS?| MESSAGES?| SMS| ALERTS| ANYMORE| AGAIN)*"
              + "|(?:REMOVE|TAKE) (?:ME|US|MY NUMBER|THIS NUMBER)(?: OFF| FROM| YOUR| THE| THIS"
              + "| LISTS?)*"
              + "|NO MORE(?: TEXTS?| MESSAGES?| SMS| ALERTS)*"
              + "|(?:UNSUBSCRIBE|CANCEL|END)(?: ME| US| ALL| THIS| MY| SUBSCRIPTION| TEXTS?"
              + "| MESSAGES?)*"
              + "|(?:OPT|SIGN) (?:ME|US) OUT|LEAVE (?:ME|US) ALONE"
              + "|I (?:WANT|WOULD LIKE|WISH) TO (?:STOP|UNSUBSCRIBE|OPT OUT|CANCEL|QUIT))"
              + "(?: PLEASE| PLS| NOW| THANKS| THANK YOU)*");
  private static final Pattern GERMAN =
      Pattern.compile(
          "(?:BITTE )?(?:STOPP?E?N?"
              + "|(?:NICHTS?|KEINE) (?:(?:SMS|NACHRICHTEN|MELDUNGEN|TEXTE|WEITEREN) )*MEHR"
              + "(?: SENDEN| SCHICKEN| SCHREIBEN)?"
              + "|KEINE WEITEREN (?:SMS|NACHRICHTEN|MELDUNGEN)"
              + "|(?:MICH |UNS )?(?:BITTE )?(?:ABMELDEN|AUSTRAGEN|ABBESTELLEN|LÖSCHEN|LOESCHEN"
              + "|AUFHÖREN|AUFHOEREN)"
              + "|(?:MELDEN?|TRAGEN?) (?:SIE )?(?:MICH|UNS) (?:BITTE )?(?:AB|AUS)"
              + "|HÖR(?:T|EN SIE)? (?:BITTE )?AUF"
              + "|LASS(?:T|EN SIE)? (?:MICH|UNS) (?:BITTE )?IN RUHE)"
              + "(?: BITTE| DANKE| SOFORT)*");

  private LeavingWords() {}

  /**
   * @param message in upper case, one space between words
   */
  static boolean areIn(String message) {
    return ENGLISH.matcher(message).matches() || GERMAN.matcher(message).matches();
  }
}
