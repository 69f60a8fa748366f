package tocsin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DkimPrivateKeyTest {

  @Test
  void isRsaOrEd25519() {
    assertThat(DkimPrivateKey.parse(pem("RSA", 1024)).isRsa()).isTrue();
    assertThat(DkimPrivateKey.parse(pem("Ed25519", 255)).isRsa()).isFalse();
    assertThat(DkimPrivateKey.parse(pem("Ed25519", 255))).hasToString("***");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello                                                                       | BEGIN PRIVATE KEY
          -----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----             | openssl pkcs8
          -----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY----- | not encrypted
          -----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----                     | RSA or Ed25519
          -----BEGIN PUBLIC KEY-----AAAA-----END PUBLIC KEY-----                       | BEGIN PRIVATE KEY
          """)
  void sayWhatWouldBeRight(String pem, String expected) {
    assertThatThrownBy(() -> DkimPrivateKey.parse(pem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void areLongEnoughForVerifiersAndOfAKindTheyKnow() {
    assertThatThrownBy(() -> DkimPrivateKey.parse(pem("RSA", 512)))
        .hasMessageContaining("1024 bits");
    assertThatThrownBy(() -> DkimPrivateKey.parse(pem("EC", 256)))
        .hasMessageContaining("RSA or Ed25519");
  }

  @Test
  void aBadKeyIsOneProblemThatDoesNotShowIt() {
    Map<String, String> environment =
        Map.of(
            "TOCSIN_MAIL_DKIM_DOMAIN", "example.com",
            "TOCSIN_MAIL_DKIM_SELECTOR", "s1",
            "TOCSIN_MAIL_DKIM_KEY", "not-a-key-but-secret");

    assertThatThrownBy(() -> Settings.load(null, environment))
        .isInstanceOfSatisfying(
            SettingsException.class,
            e -> {
              assertThat(e.problems()).hasSize(1);
              assertThat(e.problems().getFirst().key()).isEqualTo("mail.dkim.key");
              assertThat(e).message().doesNotContain("not-a-key-but-secret");
            });
  }

  @Test
  void domainSelectorAndKeyComeTogether() {
    assertThatThrownBy(
            () -> Settings.load(null, Map.of("TOCSIN_MAIL_DKIM_KEY", pem("Ed25519", 255))))
        .hasMessageContaining("mail.dkim.domain");
    assertThatThrownBy(() -> Settings.load(null, Map.of("TOCSIN_MAIL_DKIM_DOMAIN", "example.com")))
        .hasMessageContaining("mail.dkim.selector");
  }

  @Test
  void aSecondKeySignsAsWell() throws Exception {
    Settings settings =
        Settings.load(
            null,
            Map.of(
                "TOCSIN_MAIL_DKIM_DOMAIN", "Example.com",
                "TOCSIN_MAIL_DKIM_SELECTOR", "r1",
                "TOCSIN_MAIL_DKIM_KEY", pem("RSA", 1024),
                "TOCSIN_MAIL_DKIM_SECOND_SELECTOR", "e1",
                "TOCSIN_MAIL_DKIM_SECOND_KEY", pem("Ed25519", 255)));

    Settings.Dkim dkim = Objects.requireNonNull(settings.mail().dkim());
    assertThat(dkim.domain()).isEqualTo("example.com");
    assertThat(dkim.keys()).extracting(Settings.DkimKey::selector).containsExactly("r1", "e1");
  }

  static String pem(String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(der)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
