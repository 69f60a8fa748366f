package tocsin.audience;

/**
 * A well-formed address of one channel.
 *
 * @param text as it was typed: e-mail, E.164, or a URL
 * @param key the one form in which equal addresses are equal
 */
public record Address(Channel channel, String text, String key) implements AddressCheck {

  /** Without the address, since an address may not end up in a log. */
  @Override
  public String toString() {
    return "Address[" + channel.word() + "]";
  }
}
