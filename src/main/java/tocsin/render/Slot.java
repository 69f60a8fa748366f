package tocsin.render;

/** What differs between the recipients of a mail. */
enum Slot {
  /** The address in To. */
  RECIPIENT('r'),
  /** The left side of the Message-ID. */
  MESSAGE_ID('m'),
  /** Whose thread it is. */
  SUBSCRIBER('s'),
  DATE('d'),
  /** What the unsubscribe links end in: in the header, and one in each part. */
  UNSUBSCRIBE('t'),
  /** What the link to the recipient's preferences ends in, if a mail has one. */
  PREFERENCES('p');

  /** Above all octets. */
  private static final char SIGNS = '\uE000';

  private final char mark;

  Slot(char mark) {
    this.mark = mark;
  }

  /** The last character of its placeholder. */
  char mark() {
    return mark;
  }

  /** One character that stands for it among octets. */
  char sign() {
    return (char) (SIGNS + mark);
  }

  static boolean isSign(char character) {
    return character > SIGNS && character <= SIGNS + 0xFF;
  }

  static Slot signed(char sign) {
    return marked((char) (sign - SIGNS));
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
