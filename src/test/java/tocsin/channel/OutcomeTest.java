package tocsin.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void whoAsksForLessIsLeftAloneForAWhile() {
    assertThat(new Outcome.Deferred(Reason.THROTTLED, "", null).pause()).isPositive();
    assertThat(new Outcome.Deferred(Reason.THROTTLED, "", MINUTE).pause()).isEqualTo(MINUTE);
    assertThat(new Outcome.Deferred(Reason.UNAVAILABLE, "", MINUTE).pause()).isEqualTo(MINUTE);
  }

  @Test
  void whoDidNotAskIsNot() {
    assertThat(new Outcome.Deferred(Reason.UNAVAILABLE, "", null).pause()).isNull();
    assertThat(new Outcome.Deferred(Reason.LIMIT, "", MINUTE).pause()).isNull();
  }
}
