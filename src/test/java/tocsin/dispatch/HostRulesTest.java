package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

class HostRulesTest {

  @ParameterizedTest
  @CsvSource({
    "WEBHOOK, CONNECTION, true",
    "WEBHOOK, TIMEOUT, true",
    "WEBHOOK, UNAVAILABLE, false",
    "WEBHOOK, THROTTLED, false",
    "WEBHOOK, GONE, false",
    "EMAIL, CONNECTION, true",
    "EMAIL, UNAVAILABLE, true",
    "EMAIL, RECIPIENT_UNAVAILABLE, false",
    "EMAIL, THROTTLED, false",
    "SMS, UNAVAILABLE, true",
    "SMS, ADDRESS, false"
  })
  void whatOneRecipientIsAnsweredIsHeldAgainstTheHostOnlyWhereItSpeaksOfIt(
      Channel channel, Reason reason, boolean speaks) {
    assertThat(HostRules.of(channel, 8).speaksOfHost(reason)).isEqualTo(speaks);
  }
}
