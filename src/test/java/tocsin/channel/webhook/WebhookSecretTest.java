package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64})
  void keysOfTheRightLengthAreTaken(int length) {
    String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[length]);

    assertThat(WebhookSecret.parse(text).map(WebhookSecret::text)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 65, 1000})
  void shortAndLongKeysAreRefused(int length) {
    String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[length]);

    assertThat(WebhookSecret.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n",
        "whsec_MfKQ9r8GKYqrTwjU PD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS_",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=",
      })
  void everyOtherFormIsRefused(String text) {
    assertThat(WebhookSecret.parse(text)).isEmpty();
  }

  @Test
  void aGeneratedSecretParsesAndDiffersFromTheNext() {
    var random = new SplittableRandom(7);
    String first = WebhookSecret.generate(random).text();
    String second = WebhookSecret.generate(random).text();

    assertThat(first).hasSize("whsec_".length() + 44);
    assertThat(WebhookSecret.parse(second)).isPresent();
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void printingItShowsNothing() {
    assertThat(WebhookSecret.generate(new SplittableRandom(7))).hasToString("whsec_***");
  }
}
