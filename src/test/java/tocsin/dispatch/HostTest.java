package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

class HostTest {
  private final Host host = new Host(HostRules.of(Channel.WEBHOOK, 8), 0);

  private void failed(Reason reason) {
    for (int n = 0; n < 10; n++) {
      host.begin();
      host.end(false, reason, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "THROTTLED", "GONE"})
  void aWebhookHostThatAnswersIsUpWhateverItSaysOfOneEndpoint(Reason reason) {
    failed(reason);

    assertThat(host.isDown()).isFalse();
    assertThat(host.hasRoom(0)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION", "TIMEOUT", "UNKNOWN"})
  void aWebhookHostThatDoesNotAnswerIsDown(Reason reason) {
    failed(reason);

    assertThat(host.isDown()).isTrue();
  }

  @Test
  void oneTextThatHangsHoldsUpNoOtherHoweverManyFailed() {
    Host twilio = new Host(HostRules.of(Channel.SMS, 16), 0);
    for (int n = 0; n < 9; n++) {
      twilio.begin();
      twilio.end(false, Reason.UNKNOWN, 0);
    }

    twilio.begin();
    assertThat(twilio.hasRoom(0)).isTrue();
    twilio.begin();
    assertThat(twilio.hasRoom(0)).isFalse();
  }

  @Test
  void aMailServerThatFailsIsAskedNoSlower() {
    Host server = new Host(HostRules.of(Channel.EMAIL, 3), 0);
    server.begin();
    server.end(false, Reason.UNAVAILABLE, 0);

    server.begin();
    server.begin();
    assertThat(server.hasRoom(0)).isTrue();
  }
}
