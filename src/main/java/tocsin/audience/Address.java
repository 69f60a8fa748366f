package tocsin.audience;

/**
 * A well-formed address of one channel.
 *
 * @param text as it was typed: e-mail, E.164, or a URL
 * @param key the one form in which equal addresses are equal
 */
public record Address(Channel channel, String text, String key) implements AddressCheck {

  private static final int SHOWN_OF_A_NUMBER = 3;

  /** Enough of it for its owner to know it again: {@code j***@example.com}, {@code +49…789}. */
  public String masked() {
    return switch (channel) {
      case EMAIL ->
          text.substring(0, text.offsetByCodePoints(0, 1))
              + "***"
              + text.substring(text.indexOf('@'));
      case SMS ->
          "+"
              + PhoneNumber.countryCode(text)
              + "…"
              + text.substring(text.length() - SHOWN_OF_A_NUMBER);
      case WEBHOOK -> text.replaceFirst("^([A-Za-z]+://[^/?#]*).*$", "$1/…");
    };
  }

  /** Without the address, since an address may not end up in a log. */
  @Override
  public String toString() {
    return "Address[" + channel.word() + "]";
  }
}
