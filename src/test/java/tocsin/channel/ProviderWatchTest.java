package tocsin.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.LogLines;
import tocsin.audience.Channel;

class ProviderWatchTest {
  private static final Outcome.Deferred REFUSED =
      new Outcome.Deferred(Reason.CONNECTION, "no connection: refused", null);
  private static final String UNAVAILABLE =
      "provider.unavailable channel=email address=mail.example.com:587 reason=connection"
          + " detail=\"no connection: refused\"";
  private static final String AVAILABLE =
      "provider.available channel=email address=mail.example.com:587";

  private final LogLines log = LogLines.of(ProviderWatch.class);
  private final AtomicLong clock = new AtomicLong();
  private final ProviderWatch watch =
      new ProviderWatch(Channel.EMAIL, "mail.example.com:587", clock::get);

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void theFirstRefusalIsToldAtOnceAndOthersOnceAMinute() {
    for (int second = 0; second < 120; second++) {
      watch.unavailable(REFUSED);
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(log.lines()).containsExactly(UNAVAILABLE, UNAVAILABLE);
  }

  @Test
  void theEndIsToldOnceWhereTheBeginningWas() {
    watch.available();
    for (int n = 0; n < 10; n++) {
      watch.unavailable(REFUSED);
      watch.available();
    }

    assertThat(log.lines()).containsExactly(UNAVAILABLE, AVAILABLE);
  }
}
