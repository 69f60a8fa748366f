package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.channel.sms.Verdict.Again;

class VerdictTest {

  @ParameterizedTest
  @CsvSource({
    "30001, PT2M, 3",
    "30017, PT2M, 3",
    "30022, PT2M, 3",
    "30023, P1D, 1",
    "30027, P1D, 1",
    "30008, PT1M, 1",
    "39999, PT1M, 1"
  })
  void theseAreSentAgain(int code, Duration after, int most) {
    assertThat(Verdict.of(code)).isEqualTo(new Again(after, most));
  }

  @ParameterizedTest
  @CsvSource({"30003, 5, PT15M, 1", "30004, 3, PT0S, 0"})
  void theseAreCounted(int code, int strikes, Duration after, int most) {
    assertThat(Verdict.of(code)).isEqualTo(new Verdict.Strike(strikes, new Again(after, most)));
  }

  @ParameterizedTest
  @ValueSource(ints = {30005, 30006, 21211, 21614})
  void theseNumbersAreDead(int code) {
    assertThat(Verdict.of(code)).isEqualTo(new Verdict.Dead());
  }

  @ParameterizedTest
  @ValueSource(ints = {20003, 20005, 30002, 30007, 30018, 30024, 30033, 30450, 21408})
  void theseAreForAnOperator(int code) {
    assertThat(Verdict.of(code)).isEqualTo(new Verdict.Operator());
  }

  @ParameterizedTest
  @ValueSource(ints = {30032, 30034, 30035})
  void theseCloseTheCountry(int code) {
    assertThat(Verdict.of(code)).isEqualTo(new Verdict.Unregistered());
  }

  @ParameterizedTest
  @ValueSource(ints = {30036, 30410})
  void theseAreNeverSentAgain(int code) {
    assertThat(Verdict.of(code)).isEqualTo(new Verdict.Lost());
  }
}
