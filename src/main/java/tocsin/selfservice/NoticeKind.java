package tocsin.selfservice;

import java.util.Locale;

/** What one person is told that is no update of an incident. */
public enum NoticeKind {
  /** By e-mail: the link that confirms an opt-in. */
  CONFIRM,
  /** By text: the code that confirms an opt-in. */
  CODE,
  /** Who asked is a subscriber already: the link to their preferences. */
  KNOWN,
  /** By text, to whom has just confirmed: what they get, and the way out. */
  WELCOME,
  /** To a shared mailbox, of which somebody asked to leave: the link that does. */
  LEAVE;

  /** The word in SQL, templates and metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static NoticeKind of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether it concerns an opt-in; else a subscriber. */
  public boolean isOfAnOptIn() {
    return this == CONFIRM || this == CODE;
  }
}
