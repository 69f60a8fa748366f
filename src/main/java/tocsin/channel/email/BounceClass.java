package tocsin.channel.email;

import java.util.Locale;

/**
 * What a mail server's lasting refusal means for whom it was sent to, the worst last: of several
 * words on one mail the worst one counts.
 */
public enum BounceClass {
  /** We or our mail are refused: an operator must act; never held against the recipient. */
  POLICY(0),
  /** Too big, or a form that the receiver does not take: an operator must act. */
  CONTENT(1),
  /** It says nothing. */
  UNKNOWN(2),
  /** The mailbox is full, or the mail waited too long. */
  SOFT(3),
  /** The way there is broken. */
  ROUTING(4),
  /** The mailbox is switched off, or takes no mail for now. */
  DISABLED(5),
  /** The address needs what a server on the way does not offer (SMTPUTF8). */
  CAPABILITY(6),
  /** There is no such mailbox, or no such domain. */
  HARD(7);

  private final int severity;

  BounceClass(int severity) {
    this.severity = severity;
  }

  /** Rises with what it comes to. */
  public int severity() {
    return severity;
  }

  /** The word in SQL, logs and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether an operator must act, and the recipient has no part in it. */
  public boolean isOurs() {
    return this == POLICY || this == CONTENT;
  }
}
