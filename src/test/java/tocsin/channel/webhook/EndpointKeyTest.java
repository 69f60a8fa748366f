package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.KeyPair;

class EndpointKeyTest {
  private static final Instant AT = Instant.ofEpochSecond(1768473000);
  private static final byte[] BODY = {1, 2, 3};

  @Test
  void thePublicKeyVerifiesWhatTheOtherSigns() throws Exception {
    KeyPair pair = EndpointKey.generate();
    byte[] signed = signed(pair.privateKey());

    assertThat(verifies(pair.publicKey(), signed, BODY)).isTrue();
    assertThat(verifies(pair.publicKey(), signed, new byte[] {1, 2, 4})).isFalse();
    assertThat(verifies(EndpointKey.generate().publicKey(), signed, BODY)).isFalse();
  }

  @Test
  void thePrivateKeyEndsInThePublicOne() {
    KeyPair pair = EndpointKey.generate();
    byte[] whole = Base64.getDecoder().decode(pair.privateKey().substring("whsk_".length()));

    assertThat(whole).hasSize(64);
    assertThat(pair.publicKey())
        .isEqualTo("whpk_" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(whole, 32, 64)));
  }

  @Test
  void aTextDoesNotShowThePrivateKey() {
    KeyPair pair = EndpointKey.generate();

    assertThat(pair.toString()).doesNotContain(pair.privateKey());
    assertThat(SigningKey.parse(pair.privateKey()).orElseThrow().toString()).isEqualTo("whsk_***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "whsk_",
        "whsk_AAAA",
        "whsk_!",
        "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
      })
  void whatIsNoKeyIsRefused(String text) {
    assertThat(SigningKey.parse(text)).isEmpty();
  }

  private static byte[] signed(String privateKey) {
    String entry = SigningKey.parse(privateKey).orElseThrow().signature("msg_1", AT, BODY);
    assertThat(entry).startsWith("v1a,").hasSize(4 + 88);
    return Base64.getDecoder().decode(entry.substring(4));
  }

  private static boolean verifies(String publicKey, byte[] signed, byte[] body) throws Exception {
    byte[] raw = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
    byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] encoded = Arrays.copyOf(head, head.length + raw.length);
    System.arraycopy(raw, 0, encoded, head.length, raw.length);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    signature.update("msg_1.1768473000.".getBytes(StandardCharsets.UTF_8));
    signature.update(body);
    return signature.verify(signed);
  }
}
