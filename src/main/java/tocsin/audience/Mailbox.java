package tocsin.audience;

/** Who reads what is sent to an e-mail address. */
public enum Mailbox {
  /** One person: who asks to leave has left. */
  PERSONAL,
  /** Many, behind a distribution list: one reader alone does not end it for the others. */
  SHARED;

  /** The column and the JSON field {@code shared}. */
  public static Mailbox of(boolean shared) {
    return shared ? SHARED : PERSONAL;
  }

  public boolean isShared() {
    return this == SHARED;
  }
}
