package tocsin.audience;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base32Test {

  /** RFC 4648, 10, without the padding. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, my",
    "fo, mzxq",
    "foo, mzxw6",
    "foob, mzxw6yq",
    "fooba, mzxw6ytb",
    "foobar, mzxw6ytboi"
  })
  void encodesAsTheStandardSays(String text, String encoded) {
    assertThat(Base32.of(text.getBytes(US_ASCII))).isEqualTo(encoded);
    assertThat(Base32.octets(encoded)).isEqualTo(text.getBytes(US_ASCII));
  }

  @Test
  void whatIsDecodedIsWhatWasEncodedInAnyCase() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      byte[] octets = new byte[random.nextInt(40)];
      random.nextBytes(octets);
      String text = Base32.of(octets);

      assertThat(text).as("seed %d", seed).matches("[a-z2-7]*");
      assertThat(Base32.octets(text)).as("seed %d", seed).isEqualTo(octets);
      assertThat(Base32.octets(text.toUpperCase(Locale.ROOT))).isEqualTo(octets);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1", "a8", "a=", "a_", "a-", "\u00e4a", "a\u017f", "a@", "a["})
  void nothingElseIsRead(String text) {
    assertThatThrownBy(() -> Base32.octets(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
