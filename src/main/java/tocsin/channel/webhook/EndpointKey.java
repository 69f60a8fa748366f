package tocsin.channel.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import tocsin.audience.KeyPair;

/**
 * An endpoint's Ed25519 key, {@code whsk_} and the base64 of its seed and its public key; signs
 * {@code v1a}.
 */
final class EndpointKey implements SigningKey {
  static final String PREFIX = "whsk_";
  private static final String PUBLIC_PREFIX = "whpk_";
  private static final String ALGORITHM = "Ed25519";
  private static final int SIZE = 32;

  /** What stands before the seed in PKCS #8 (RFC 8410). */
  private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PrivateKey key;

  private EndpointKey(PrivateKey key) {
    this.key = key;
  }

  /** Empty for anything but 64 bytes in the standard alphabet. */
  static Optional<EndpointKey> parse(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return bytes.length == 2 * SIZE ? Optional.of(new EndpointKey(key(bytes))) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException notBase64) {
      return Optional.empty();
    }
  }

  /** A fresh pair, from the platform's strong generator. */
  static KeyPair generate() {
    try {
      var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      byte[] seed = last(pair.getPrivate().getEncoded());
      byte[] shown = last(pair.getPublic().getEncoded());
      byte[] both = Arrays.copyOf(seed, 2 * SIZE);
      System.arraycopy(shown, 0, both, SIZE, SIZE);
      return new KeyPair(PREFIX + base64(both), PUBLIC_PREFIX + base64(shown));
    } catch (GeneralSecurityException missing) {
      throw unknown(missing);
    }
  }

  @Override
  public String signature(String id, Instant at, byte[] body) {
    try {
      Signature signing = Signature.getInstance(ALGORITHM);
      signing.initSign(key);
      signing.update(SigningKey.head(id, at));
      signing.update(body);
      return "v1a," + base64(signing.sign());
    } catch (GeneralSecurityException missing) {
      throw unknown(missing);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }

  private static PrivateKey key(byte[] bytes) {
    byte[] encoded = Arrays.copyOf(PKCS8, PKCS8.length + SIZE);
    System.arraycopy(bytes, 0, encoded, PKCS8.length, SIZE);
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException missing) {
      throw unknown(missing);
    }
  }

  private static byte[] last(byte[] encoded) {
    return Arrays.copyOfRange(encoded, encoded.length - SIZE, encoded.length);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static IllegalStateException unknown(GeneralSecurityException missing) {
    return new IllegalStateException("every JDK has " + ALGORITHM, missing);
  }
}
