package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PunycodeTest {

  /** RFC 3492, 7.1, those without upper case. */
  @ParameterizedTest
  @CsvSource({
    "egbpdaj6bu4bxfgehfvwxn, ليهمابتكلموشعربي؟",
    "ihqwcrb4cv8a8dqg056pqjye, 他们为什么不说中文",
    "ihqwctvzc91f659drss3x8bo0yb, 他們爲什麽不說中文",
    "4dbcagdahymbxekheh6e0a7fei0b, למההםפשוטלאמדבריםעברית",
    "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd, यहलोगहिन्दीक्योंनहींबोलसकतेहैं",
    "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa, なぜみんな日本語を話してくれないのか",
    "989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c, 세계의모든사람들이한국어를이해한다면얼마나좋을까",
    "b1abfaaepdrnnbgefbadotcwatmq2g4l, почемужеонинеговорятпорусски",
    "2-u9tlzr9756bt3uc0v, ひとつ屋根の下2",
    "fa-hia, faß"
  })
  void decodesAsTheStandardSays(String encoded, String decoded) {
    assertThat(Punycode.decoded(encoded)).hasValue(decoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"z", "99999999999999999999", "a_b", "abc-!", "é", "zzzzzzzzzzzzzz"})
  void whatNoEncoderMakesIsNothing(String encoded) {
    assertThat(Punycode.decoded(encoded)).isEmpty();
  }

  @Test
  void whatThePlatformEncodesIsDecoded() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder name = new StringBuilder("\u4e00");
      for (int letters = random.nextInt(12); letters > 0; letters--) {
        name.append(
            (char)
                (random.nextBoolean()
                    ? 'a' + random.nextInt(26)
                    : 0x4e00 + random.nextInt(0x5000)));
      }
      String encoded = IDN.toASCII(name.toString()).substring("xn--".length());

      assertThat(Punycode.decoded(encoded)).as("seed %d", seed).hasValue(name.toString());
    }
  }
}
