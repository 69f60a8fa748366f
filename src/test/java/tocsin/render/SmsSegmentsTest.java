package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmsSegmentsTest {

  @ParameterizedTest
  @CsvSource({
    "a,160,1",
    "a,161,2",
    "a,306,2",
    "a,307,3",
    "a,459,3",
    "a,460,4",
    "€,80,1",
    "€,81,2",
    "^,80,1",
    "ж,70,1",
    "ж,71,2",
    "ж,134,2",
    "ж,135,3",
    "😀,35,1",
    "😀,36,2",
    "👨‍👩‍👧‍👦,1,1",
    "`,1,1",
    "ç,1,1",
    "Ç,1,1",
    "'a\tb',1,1",
    "[€] x,1,1",
    "'{}|~\\',1,1"
  })
  void countsRuns(String text, int times, int segments) {
    assertThat(SmsSegments.count(text.repeat(times))).isEqualTo(segments);
  }

  @ParameterizedTest
  @CsvSource({
    "158,€,0,1",
    "159,€,0,2",
    "152,€,10,2",
    "152,€,151,2",
    "152,€,152,3",
    "69,😀,0,2",
    "66,😀,10,2",
    "66,😀,65,2",
    "66,😀,66,3"
  })
  void neverSplitsAPairOverTwoSegments(int before, String pair, int after, int segments) {
    String text = "a".repeat(before) + pair + "a".repeat(after);

    assertThat(SmsSegments.count(text)).isEqualTo(segments);
  }

  @ParameterizedTest
  @CsvSource({"Ç,1", "ç,2", "`,2", "'\t',2", "ê,2", "–,2", "…,2", "\u00A0,2", "à,1", "Ω,1", "ω,2"})
  void oneForeignCharacterMoreThanHalvesTheRoom(String character, int segments) {
    assertThat(SmsSegments.count("a".repeat(99) + character)).isEqualTo(segments);
  }

  @Test
  void anEmptyTextIsOneSegment() {
    assertThat(SmsSegments.count("")).isEqualTo(1);
  }
}
