package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

class TwilioCodesTest {

  @ParameterizedTest
  @CsvSource({
    "400, 21408, ROUTE",
    "400, 21612, ROUTE",
    "401, 20003, OPERATOR",
    "403, 20005, OPERATOR",
    "400, 30002, OPERATOR",
    "400, 21212, OPERATOR",
    "400, 21219, OPERATOR",
    "400, 21606, OPERATOR",
    "400, 21608, OPERATOR",
    "400, 21703, OPERATOR",
    "400, 21704, OPERATOR",
    "404, 21705, OPERATOR",
    "401, 0, OPERATOR",
    "403, 0, OPERATOR",
    "404, 20404, OPERATOR",
    "429, 20429, THROTTLED",
    "429, 0, THROTTLED",
    "400, 20429, THROTTLED",
    "500, 20500, UNKNOWN",
    "503, 20503, UNKNOWN",
    "502, 0, UNKNOWN",
    "504, 0, UNKNOWN",
    "500, 21211, UNKNOWN",
    "400, 0, UNAVAILABLE",
    "400, 99999, UNAVAILABLE",
    "307, 0, UNAVAILABLE",
    "408, 0, UNAVAILABLE"
  })
  void theseAreTriedAgain(int status, int code, Reason reason) {
    assertThat(TwilioCodes.outcome(status, code))
        .isInstanceOfSatisfying(
            Outcome.Deferred.class,
            deferred -> {
              assertThat(deferred.reason()).isEqualTo(reason);
              assertThat(deferred.after()).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "21211, ADDRESS",
    "21217, ADDRESS",
    "21614, ADDRESS",
    "21610, OPTED_OUT",
    "21602, REQUEST",
    "21603, REQUEST",
    "21604, REQUEST",
    "21609, REQUEST",
    "21617, REQUEST",
    "21618, REQUEST",
    "90007, REQUEST"
  })
  void theseAreNot(int code, Reason reason) {
    assertThat(TwilioCodes.outcome(400, code))
        .isEqualTo(new Outcome.Rejected(reason, "Twilio " + code + ", HTTP 400"));
  }

  @Test
  void aFullQueueRestsForAMinute() {
    assertThat(TwilioCodes.outcome(400, 21611))
        .isEqualTo(
            new Outcome.Deferred(
                Reason.THROTTLED, "Twilio 21611, HTTP 400", Duration.ofMinutes(1)));
  }

  @Test
  void withoutACodeTheStatusIsTheDetail() {
    assertThat(TwilioCodes.outcome(502, 0))
        .isEqualTo(new Outcome.Deferred(Reason.UNKNOWN, "HTTP 502", null));
  }
}
