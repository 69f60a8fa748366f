package tocsin.render;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import tocsin.config.Settings;
import tocsin.config.Settings.DkimKey;

/** Signs mails for a domain with each of its keys (RFC 6376, RFC 8463). */
final class DkimSigner {
  private static final int WIDTH = 72;

  private final Settings.Dkim domain;

  DkimSigner(Settings.Dkim domain) {
    this.domain = domain;
  }

  /**
   * A header for each key.
   *
   * @param names of the signed headers, in their order
   * @param headers these in canonical form
   * @param bodyHash SHA-256 of the canonical body
   */
  byte[] signatures(List<String> names, byte[] headers, byte[] bodyHash, Instant now) {
    StringBuilder all = new StringBuilder(1024);
    for (DkimKey key : domain.keys()) {
      String unsigned = header(key, names, bodyHash, now);
      byte[] own = DkimText.relaxedHeader(unsigned).getBytes(US_ASCII);
      all.append(unsigned)
          .append(folded(Base64.getEncoder().encodeToString(signature(key, headers, own))))
          .append("\r\n");
    }
    return all.toString().getBytes(US_ASCII);
  }

  private String header(DkimKey key, List<String> names, byte[] bodyHash, Instant now) {
    StringBuilder header =
        new StringBuilder("DKIM-Signature: v=1; a=")
            .append(key.key().isRsa() ? "rsa-sha256" : "ed25519-sha256")
            .append("; c=relaxed/relaxed; d=")
            .append(domain.domain())
            .append(";\r\n s=")
            .append(key.selector())
            .append("; t=")
            .append(now.getEpochSecond())
            .append(";\r\n h=");
    int column = 3;
    for (int i = 0; i < names.size(); i++) {
      String name = (i == 0 ? "" : ":") + names.get(i);
      if (column + name.length() > WIDTH) {
        header.append("\r\n ");
        column = 1;
      }
      header.append(name);
      column += name.length();
    }
    return header
        .append(";\r\n bh=")
        .append(Base64.getEncoder().encodeToString(bodyHash))
        .append(";\r\n b=")
        .toString();
  }

  private static byte[] signature(DkimKey key, byte[] headers, byte[] own) {
    try {
      if (key.key().isRsa()) {
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initSign(key.key().key());
        rsa.update(headers);
        rsa.update(own);
        return rsa.sign();
      }
      MessageDigest digest = sha256();
      digest.update(headers);
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initSign(key.key().key());
      ed25519.update(digest.digest(own));
      return ed25519.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with " + key.selector(), e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String folded(String base64) {
    return base64.replaceAll("(.{" + WIDTH + "})(?=.)", "$1\r\n ");
  }
}
