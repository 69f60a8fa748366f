package tocsin.render;

/** What differs between the recipients of a mail. */
enum Slot {
  /** The address in To. */
  RECIPIENT('r'),
  /** The left side of the Message-ID. */
  MESSAGE_ID('m'),
  DATE('d'),
  /** What the unsubscribe links end in: one in the header, one in each part. */
  TOKEN('t');

  private final char mark;

  Slot(char mark) {
    this.mark = mark;
  }

  /** The last character of its placeholder. */
  char mark() {
    return mark;
  }

  static Slot marked(char mark) {
    for (Slot slot : values()) {
      if (slot.mark == mark) {
        return slot;
      }
    }
    throw new IllegalArgumentException("no slot is marked " + mark);
  }
}
