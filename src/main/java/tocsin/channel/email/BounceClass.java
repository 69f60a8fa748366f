package tocsin.channel.email;

import java.util.Locale;

/**
 * What a mail server's lasting refusal means for whom it was sent to, the worst last: of several
 * words on one mail the worst one counts.
 */
public enum BounceClass {
  /** We or our mail are refused: an operator must act; never held against the recipient. */
  POLICY,
  /** Too big, or a form that the receiver does not take: an operator must act. */
  CONTENT,
  /** It says nothing. */
  UNKNOWN,
  /** The mailbox is full, or the mail waited too long. */
  SOFT,
  /** The way there is broken. */
  ROUTING,
  /** The mailbox is switched off, or takes no mail for now. */
  DISABLED,
  /** The address needs what a server on the way does not offer (SMTPUTF8). */
  CAPABILITY,
  /** There is no such mailbox, or no such domain. */
  HARD;

  /** The word in SQL, logs and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether an operator must act, and the recipient has no part in it. */
  public boolean isOurs() {
    return this == POLICY || this == CONTENT;
  }
}
