package tocsin.feedback.mail;

import tocsin.channel.email.BounceClass;
import tocsin.channel.email.Diagnosis;

/** What a mail that came back is about. */
public sealed interface MailFeedback {

  /** A mail was not delivered, and nobody tries any more. */
  record Bounced(Diagnosis diagnosis) implements MailFeedback {
    public BounceClass bounceClass() {
      return diagnosis.bounceClass();
    }
  }

  /**
   * Somebody does not want our mail.
   *
   * @param type of the report (RFC 5965, 3.1), in lower case
   * @param source what shows which mail it is about
   */
  record Complained(String type, ReportedMail source) implements MailFeedback {}

  /** Nothing follows from it. */
  record Nothing(Why why) implements MailFeedback {}

  /** Why nothing follows. */
  enum Why {
    /** It is still being tried. */
    DELAYED,
    /** It arrived, or was handed on. */
    DELIVERED,
    /** An absence, a receipt: a machine answers. */
    AUTOMATIC,
    /** A report that holds nothing against us: not spam after all, or our signatures. */
    NO_COMPLAINT,
    /** Written by somebody. */
    ORDINARY
  }
}
