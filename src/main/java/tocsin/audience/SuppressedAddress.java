package tocsin.audience;

/** An address that the operator puts on the suppression list, for a reason other than ERASED. */
public record SuppressedAddress(Address address, SuppressionReason reason) {
  public SuppressedAddress {
    if (reason == SuppressionReason.ERASED) {
      throw new IllegalArgumentException("only an erasure erases");
    }
  }
}
