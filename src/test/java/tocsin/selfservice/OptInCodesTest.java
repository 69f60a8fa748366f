package tocsin.selfservice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OptInCodesTest {
  private final OptInCodes codes = new OptInCodes("a key of sixteen".getBytes(US_ASCII));

  @Test
  void everyCodeIsSixDigits() {
    assertThat(IntStream.range(0, 5_000).mapToObj(codes::code))
        .allMatch(it -> it.matches("\\d{6}"));
  }

  @Test
  void codesOfNeighboursTellNothingOfEachOther() {
    assertThat(IntStream.range(0, 1_000).mapToObj(codes::code).distinct().count())
        .isGreaterThan(990);
  }

  @Test
  void aCodeIsGoodForItsOwnOptInAndKeyOnly() {
    String code = codes.code(7);

    assertThat(codes.matches(7, code)).isTrue();
    assertThat(codes.matches(8, code)).isFalse();
    assertThat(new OptInCodes("another key here".getBytes(US_ASCII)).matches(7, code)).isFalse();
  }

  @Test
  void blanksAndHyphensBetweenTheDigitsAreTaken() {
    String code = codes.code(7);

    assertThat(codes.matches(7, " " + code.substring(0, 3) + " " + code.substring(3) + "\n"))
        .isTrue();
    assertThat(codes.matches(7, code.substring(0, 3) + "-" + code.substring(3))).isTrue();
  }

  @Test
  void whatIsNoCodeMatchesNothing() {
    assertThat(codes.matches(7, "")).isFalse();
    assertThat(codes.matches(7, codes.code(7) + "0")).isFalse();
    assertThat(codes.matches(7, "٠١٢٣٤٥")).isFalse();
  }
}
