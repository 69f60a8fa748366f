package tocsin.audience;

/**
 * The Ed25519 keys of one endpoint as texts.
 *
 * @param privateKey {@code whsk_...}
 * @param publicKey {@code whpk_...}, which everybody may know
 */
public record KeyPair(String privateKey, String publicKey) {

  /** Without the private key. */
  @Override
  public String toString() {
    return "KeyPair[" + publicKey + "]";
  }
}
