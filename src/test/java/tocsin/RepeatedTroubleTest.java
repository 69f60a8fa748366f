package tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedTroubleTest {
  private final AtomicLong clock = new AtomicLong();
  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("part");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    context.addTurboFilter(new RepeatedTrouble(clock::get));
    log.setLevel(Level.INFO);
    lines.start();
    log.addAppender(lines);
  }

  @Test
  void aWarningWithAStackTraceIsToldOnceInTenSeconds() {
    for (int second = 0; second < 20; second++) {
      log.warn("part.failed retrying=true", new IllegalStateException("away"));
      log.warn("part.failed id={}", second, new IllegalStateException("away"));
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "part.failed retrying=true",
            "part.failed id=0",
            "part.failed retrying=true",
            "part.failed id=10");
  }

  @Test
  void whatTellsOfOneThingEachIsToldEachTime() {
    for (int n = 0; n < 3; n++) {
      log.warn("part.refused id={}", n);
      log.error("part.broken", new IllegalStateException("bug"));
      log.info("part.done id={}", n);
    }

    assertThat(lines.list).hasSize(9);
  }
}
