package tocsin.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimTextTest {

  /** The example of RFC 6376, 3.4.5. */
  @Test
  void isRelaxedAsInTheStandardsExample() {
    String mail = "A: X\r\nB : Y\t\r\n\tZ  \r\n\r\n C \r\nD \t E\r\n\r\n\r\n";

    assertThat(DkimText.headers(mail).stream().map(DkimText::relaxedHeader))
        .containsExactly("a:X", "b:Y Z");
    assertThat(DkimText.relaxedBody(DkimText.body(mail))).isEqualTo(" C\r\nD E\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "'\r\n', 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "' \t\r\n\r\n', 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  })
  void theHashOfAnEmptyBodyIsThatOfNothing(String body, String hash) throws Exception {
    byte[] relaxed = DkimText.relaxedBody(body).getBytes(UTF_8);

    assertThat(Base64.getEncoder().encodeToString(DkimSigner.sha256().digest(relaxed)))
        .isEqualTo(hash);
  }

  /** The mail, key and signature of RFC 8463, appendix A. */
  @Test
  void makesTheSignatureOfTheStandardsExample() throws Exception {
    String mail =
        crlf(
            """
            From: Joe SixPack <joe@football.example.com>
            To: Suzie Q <suzie@shopping.example.net>
            Subject: Is dinner ready?
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
            Message-ID: <20030712040037.46341.5F8J@football.example.com>

            Hi.

            We lost the game.  Are you hungry yet?

            Joe.

            """);
    String unsigned =
        crlf(
            """
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
             d=football.example.com; i=@football.example.com;
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :
             subject : date : message-id : from : subject : date;
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
             b=\
            """);

    byte[] body = DkimText.relaxedBody(DkimText.body(mail)).getBytes(UTF_8);
    assertThat(Base64.getEncoder().encodeToString(DkimSigner.sha256().digest(body)))
        .isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");

    MessageDigest digest = DkimSigner.sha256();
    for (String header : DkimText.headers(mail)) {
      digest.update((DkimText.relaxedHeader(header) + "\r\n").getBytes(UTF_8));
    }
    digest.update(DkimText.relaxedHeader(unsigned).getBytes(UTF_8));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="));
    signature.update(digest.digest());
    assertThat(Base64.getEncoder().encodeToString(signature.sign()))
        .isEqualTo(
            "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus"
                + "Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  /** Of the 32 octets of the secret. */
  private static PrivateKey key(String base64) throws Exception {
    byte[] prefix = HexFormat.of().parseHex("302e020100300506032b657004220420");
    byte[] secret = Base64.getDecoder().decode(base64);
    byte[] der = new byte[prefix.length + secret.length];
    System.arraycopy(prefix, 0, der, 0, prefix.length);
    System.arraycopy(secret, 0, der, prefix.length, secret.length);
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
