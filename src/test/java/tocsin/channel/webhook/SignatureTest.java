package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final String OFFICIAL = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String K2 = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String K3 = "whsec_//79/Pv6+fj39vX08/Lx8O/u7ezr6uno";
  private static final String PAIR =
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
  private static final String ID = "msg_01JHM2Z8Q0R4T6V8XACDEFGHJK";
  private static final long AT = 1768473000;
  private static final String BODY =
      """
      {"type":"incident.updated","timestamp":"2026-01-15T10:30:00Z","data":{"id":"inc_01",\
      "title":"Störung – EU-West €","regions":["eu-west-1"],"components":["api"],\
      "status":"identified"}}\
      """;
  private static final String BODY_BY_K2 = "v1,inksH81yxckn4Q/0pwRHqZSCZVfhbjEmUJkJOsWR06k=";

  @Test
  void signsTheOfficialExample() {
    assertThat(sign(OFFICIAL, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsTheBytesOfUtf8() {
    assertThat(BODY.getBytes(StandardCharsets.UTF_8)).hasSize(187);
    assertThat(sign(K2, ID, AT, BODY)).isEqualTo(BODY_BY_K2);
  }

  @Test
  void signsTheOfficialExampleOfEd25519() {
    assertThat(sign(PAIR, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo(
            "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==");
  }

  @Test
  void signsTheBytesOfUtf8WithEd25519() {
    assertThat(sign(PAIR, ID, AT, BODY))
        .isEqualTo(
            "v1a,FviBVVfrggJfwxb/b1S0FjCoR5Sl0tJyAfsqe7gY7jt/z01AfBhGqz1rza8vksDkMPA1dq8qKjUYTCb6rn0aBQ==");
  }

  @Test
  void aKeyIsUsedAgainAndAgain() {
    SigningKey key = SigningKey.parse(K2).orElseThrow();
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);

    assertThat(Stream.generate(() -> key.signature(ID, Instant.ofEpochSecond(AT), body)).limit(3))
        .containsOnly(BODY_BY_K2);
  }

  @Test
  void oneMalformedKeySpoilsTheHeader() {
    assertThat(new SigningKeys().sign(List.of(K2, "whsec_short"), ID, Instant.EPOCH, new byte[0]))
        .isEmpty();
    assertThat(new SigningKeys().sign(List.of(), ID, Instant.EPOCH, new byte[0])).isEmpty();
  }

  @Test
  void eachKeySignsForItself() {
    assertThat(sign(K3, ID, AT, BODY)).isEqualTo("v1,GuPzpvDMSTAnlAR2YNJzzr0xAsCMb6G98mdyeK0q+zw=");
  }

  @Test
  void twoKeysMakeTheHeaderOfARotation() {
    assertThat(
            new SigningKeys()
                .sign(
                    List.of(K2, K3),
                    ID,
                    Instant.ofEpochSecond(AT),
                    BODY.getBytes(StandardCharsets.UTF_8)))
        .hasValue(
            "v1,inksH81yxckn4Q/0pwRHqZSCZVfhbjEmUJkJOsWR06k="
                + " v1,GuPzpvDMSTAnlAR2YNJzzr0xAsCMb6G98mdyeK0q+zw=");
  }

  @Test
  void aRetrySignsItsOwnTime() {
    assertThat(sign(K2, ID, AT + 5, BODY))
        .isEqualTo("v1,j9NAKC1p8xrngWPK+JL5WwIdBKoFQ6KgQrUi99KdyCQ=");
  }

  @Test
  void anEmptyBodyIsSignedToo() {
    assertThat(sign(K2, ID, AT, "")).isEqualTo("v1,uSocW1NXmUxxw/hemWB3SqkcNNg2ktjIvl1OUNogzN8=");
  }

  @Test
  void oneMoreBlankChangesTheSignature() {
    assertThat(sign(K2, ID, AT, BODY + " "))
        .isEqualTo("v1,giSXHC3haAo6RO6Dayn18yG1EriioTClmi+VToOGVCw=");
  }

  @Test
  void theTextOfTheSecretIsNotTheKey() {
    assertThat(sign(K2, ID, AT, BODY))
        .isNotEqualTo("v1,uL/KVi6YZbUuWAHrZ4D80ymtrxR2Gtn7BkHMormYzXo=");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 31, 32, 63, 64})
  void anIndependentLibraryVerifiesWhatWeSign(int length) {
    long seed = 20260115L + length;
    byte[] key = new byte[length];
    new SplittableRandom(seed).nextBytes(key);
    String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
    Instant now = Instant.now();
    String signature = sign(secret, ID, now.getEpochSecond(), BODY);

    assertThatCode(() -> verify(secret, now, signature, BODY))
        .as("seed %d", seed)
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> verify(secret, now, signature, BODY + " "))
        .as("seed %d", seed)
        .isInstanceOf(WebhookVerificationException.class);
  }

  private static void verify(String secret, Instant now, String signature, String body)
      throws Exception {
    new Webhook(secret)
        .verify(
            body,
            Map.of(
                "webhook-id",
                List.of(ID),
                "webhook-timestamp",
                List.of(Long.toString(now.getEpochSecond())),
                "webhook-signature",
                List.of(signature)));
  }

  private static String sign(String secret, String id, long at, String body) {
    return SigningKey.parse(secret)
        .orElseThrow()
        .signature(id, Instant.ofEpochSecond(at), body.getBytes(StandardCharsets.UTF_8));
  }
}
