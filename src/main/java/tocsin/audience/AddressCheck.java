package tocsin.audience;

/** What a look at an address came to. */
public sealed interface AddressCheck permits Address, AddressCheck.Refused {

  /**
   * @param detail what is wrong, without the address itself
   */
  record Refused(String detail) implements AddressCheck {}
}
