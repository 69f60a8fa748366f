package tocsin.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A private key for signatures, RSA or Ed25519. It never shows. */
public record DkimPrivateKey(PrivateKey key) {
  private static final Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PRIVATE KEY-----(?<body>[A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");
  private static final int SHORTEST_RSA = 1024;

  /**
   * From PEM of PKCS #8.
   *
   * @throws IllegalArgumentException saying what would be right, without the key
   */
  static DkimPrivateKey parse(String pem) {
    if (pem.contains("BEGIN RSA PRIVATE KEY")) {
      throw new IllegalArgumentException(
          "expected PKCS #8; openssl pkcs8 -topk8 -nocrypt makes it of this key");
    }
    if (pem.contains("BEGIN ENCRYPTED PRIVATE KEY")) {
      throw new IllegalArgumentException("expected a key that is not encrypted");
    }
    Matcher form = PEM.matcher(pem);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "expected PEM that begins with -----BEGIN PRIVATE KEY-----");
    }
    PrivateKey key = decoded(form.group("body"));
    if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
      throw new IllegalArgumentException(
          "expected an RSA key of " + SHORTEST_RSA + " bits or more");
    }
    return new DkimPrivateKey(key);
  }

  public boolean isRsa() {
    return key instanceof RSAPrivateKey;
  }

  private static PrivateKey decoded(String base64) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return Stream.of("RSA", "Ed25519")
          .flatMap(algorithm -> key(algorithm, der).stream())
          .findFirst()
          .orElseThrow();
    } catch (IllegalArgumentException | NoSuchElementException unusable) {
      throw new IllegalArgumentException(
          "expected an RSA or Ed25519 key, as openssl genpkey makes it", unusable);
    }
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException ofAnotherKind) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return Secret.MASK;
  }
}
