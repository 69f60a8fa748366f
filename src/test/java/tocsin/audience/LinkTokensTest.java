package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static tocsin.audience.LinkTokens.Purpose.PREFERENCES;
import static tocsin.audience.LinkTokens.Purpose.UNSUBSCRIBE;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;

class LinkTokensTest {
  private static final byte[] KEY = "a key of ours".getBytes(UTF_8);
  private final LinkTokens tokens = new LinkTokens(KEY);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 812, 941_000, Integer.MAX_VALUE})
  void aTokenNamesItsSubjectAndVersion(int id) {
    for (int version : new int[] {0, 1, Short.MAX_VALUE}) {
      Link link = new Link(id, version);
      String token = tokens.token(PREFERENCES, link);

      assertThat(token).matches("[a-z2-7]{32}");
      assertThat(tokens.read(PREFERENCES, token)).hasValue(link);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsGoodForOnePurpose(Purpose purpose) {
    String token = tokens.token(purpose, 812);

    for (Purpose other : Purpose.values()) {
      assertThat(tokens.read(other, token).isPresent()).isEqualTo(other == purpose);
    }
  }

  @Test
  void aRelayMayChangeTheCaseOfALetter() {
    String upper = tokens.token(UNSUBSCRIBE, 812).toUpperCase(Locale.ROOT);

    assertThat(tokens.read(UNSUBSCRIBE, upper)).hasValue(new Link(812, 0));
  }

  @Test
  void noOtherTextIsAToken() {
    String token = tokens.token(UNSUBSCRIBE, 812);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < token.length(); i++) {
      for (int other = 0; other < alphabet.length(); other++) {
        String forged = token.substring(0, i) + alphabet.charAt(other) + token.substring(i + 1);
        if (!forged.equalsIgnoreCase(token)) {
          assertThat(tokens.read(UNSUBSCRIBE, forged)).as(forged).isEmpty();
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
        "77777777777777777777777777777777",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1",
        "täuschung!"
      })
  void nonsenseIsNoToken(String text) {
    assertThat(tokens.read(UNSUBSCRIBE, text)).isEmpty();
    assertThat(tokens.read(UNSUBSCRIBE, tokens.token(UNSUBSCRIBE, 1) + text + "=")).isEmpty();
  }

  @Test
  void aReplacedKeyStillVerifiesAndAnotherNeverDoes() {
    byte[] another = "another key".getBytes(UTF_8);
    String token = tokens.token(UNSUBSCRIBE, 812);

    assertThat(new LinkTokens(another, KEY).read(UNSUBSCRIBE, token)).isPresent();
    assertThat(new LinkTokens(another, KEY).token(UNSUBSCRIBE, 812)).isNotEqualTo(token);
    assertThat(new LinkTokens(another).read(UNSUBSCRIBE, token)).isEmpty();
  }
}
