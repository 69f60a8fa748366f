package tocsin.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.X509KeyManager;

/** Refuses a certificate whose key is another's, as between the two halves of a renewal. */
final class KeyPairCheck {
  private static final Map<String, String> ALGORITHMS =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private static final byte[] WORDS = "whose key is this?".getBytes(US_ASCII);

  private KeyPairCheck() {}

  /**
   * Blocks for a moment.
   *
   * @return the certificate itself, valid now or not
   */
  static X509Certificate require(Vertx vertx, KeyCertOptions options) throws Exception {
    var keys = (X509KeyManager) options.getKeyManagerFactory(vertx).getKeyManagers()[0];
    for (var algorithm : ALGORITHMS.entrySet()) {
      String[] aliases = keys.getServerAliases(algorithm.getKey(), null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate certificate = keys.getCertificateChain(aliases[0])[0];
        requireFit(certificate, keys.getPrivateKey(aliases[0]), algorithm.getValue());
        return certificate;
      }
    }
    throw new GeneralSecurityException("there is no RSA, EC or EdDSA key with a certificate");
  }

  private static void requireFit(X509Certificate certificate, PrivateKey key, String algorithm)
      throws GeneralSecurityException {
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(WORDS);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certificate);
    verifying.update(WORDS);
    if (!verifying.verify(signature)) {
      throw new GeneralSecurityException("the key is not the one of the certificate");
    }
  }
}
