package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeTokensTest {
  private final UnsubscribeTokens tokens = new UnsubscribeTokens("a key of ours".getBytes(UTF_8));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 812, 941_000, Integer.MAX_VALUE})
  void aTokenNamesItsSubscriber(int subscriber) {
    String token = tokens.token(subscriber);
    assertThat(token).matches("[a-z0-9]{1,60}");
    assertThat(tokens.subscriber(token)).hasValue(subscriber);
  }

  @Test
  void aRelayMayChangeTheCaseOfALetter() {
    String upper = tokens.token(812).toUpperCase(Locale.ROOT);

    assertThat(tokens.subscriber(upper)).hasValue(812);
  }

  @Test
  void noOtherTextIsAToken() {
    String token = tokens.token(812);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < token.length(); i++) {
      for (int other = 0; other < alphabet.length(); other++) {
        String forged = token.substring(0, i) + alphabet.charAt(other) + token.substring(i + 1);
        if (!forged.equalsIgnoreCase(token)) {
          assertThat(tokens.subscriber(forged)).as(forged).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
        "täuschung!"
      })
  void nonsenseIsNoToken(String text) {
    assertThat(tokens.subscriber(text)).isEmpty();
    assertThat(tokens.subscriber(tokens.token(1) + text + "=")).isEmpty();
  }

  @Test
  void anotherKeysTokenIsNone() {
    var others = new UnsubscribeTokens("another key".getBytes(UTF_8));
    assertThat(tokens.subscriber(others.token(812))).isEmpty();
  }
}
