package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookBoundsTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "8, 4", "9, 4", "64, 32"})
  void oneHostLeavesHalfOfTheWorkersToTheOthers(int connections, int share) {
    assertThat(WebhookBounds.of(connections).perHost()).isEqualTo(share);
  }
}
