package tocsin.feedback;

import java.util.Locale;

/** Who told us what became of a mail. */
public enum MailSource {
  /** The server that refused it, at once. */
  REPLY,
  /** A mail to our return path. */
  MAIL,
  SES,
  SENDGRID,
  MAILGUN;

  /** The word in SQL. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
