package tocsin.audience;

/** Octets as letters and digits that survive a change of case (RFC 4648, 6, in lower case). */
final class Base32 {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BITS = 5;

  private Base32() {}

  /** Without padding; a last character that is not full has zeros for what it lacks. */
  static String of(byte[] octets) {
    StringBuilder text = new StringBuilder((octets.length * Byte.SIZE + BITS - 1) / BITS);
    int held = 0;
    int bits = 0;
    for (byte octet : octets) {
      held = (held << Byte.SIZE) | (octet & 0xFF);
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(ALPHABET.charAt((held >>> bits) & 31));
      }
      held &= (1 << bits) - 1;
    }
    return bits == 0
        ? text.toString()
        : text.append(ALPHABET.charAt((held << (BITS - bits)) & 31)).toString();
  }

  /**
   * As many octets as there are whole ones in the text, whose case does not matter.
   *
   * @throws IllegalArgumentException for any other character
   */
  static byte[] octets(String text) {
    byte[] octets = new byte[text.length() * BITS / Byte.SIZE];
    int held = 0;
    int bits = 0;
    int filled = 0;
    for (int i = 0; i < text.length(); i++) {
      held = (held << BITS) | value(text.charAt(i));
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        octets[filled++] = (byte) (held >>> bits);
      }
      held &= (1 << bits) - 1;
    }
    return octets;
  }

  private static int value(char character) {
    if (character >= '2' && character <= '7') {
      return character - '2' + 26;
    }
    int letter = (character >= 'A' && character <= 'Z' ? character + 32 : character) - 'a';
    if (letter < 0 || letter > 25) {
      throw new IllegalArgumentException("no character of base32");
    }
    return letter;
  }
}
