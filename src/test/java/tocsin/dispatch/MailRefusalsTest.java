package tocsin.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tocsin.LogLines;
import tocsin.channel.Outcome;
import tocsin.channel.Reason;

class MailRefusalsTest {
  private static final Outcome POLICY =
      new Outcome.Rejected(Reason.POLICY, "550 5.7.26 ann@example.org: unauthenticated");

  private final LogLines log = LogLines.of(MailRefusals.class);
  private final AtomicLong clock = new AtomicLong();
  private final MailRefusals refusals = new MailRefusals(clock::get);

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void aDomainThatRefusesUsIsNamedOnceAMinuteWithoutAddresses() {
    for (int n = 0; n < 100; n++) {
      refusals.heard("ann" + n + "@Example.org", POLICY);
    }
    refusals.heard("bob@example.net", POLICY);
    clock.addAndGet(Duration.ofSeconds(61).toNanos());
    refusals.heard("ann@example.org", POLICY);

    assertThat(log.lines())
        .containsExactly(
            "mail.refused domain=example.org reason=policy code=\"550 5.7.26\"",
            "mail.refused domain=example.net reason=policy code=\"550 5.7.26\"",
            "mail.refused domain=example.org reason=policy code=\"550 5.7.26\"");
  }

  @Test
  void refusedCredentialsAreToldOnceWhoeverTheMailsAreFor() {
    Outcome refused = new Outcome.Deferred(Reason.OPERATOR, "535 5.7.8 no", null);

    refusals.heard("ann@example.org", refused);
    refusals.heard("bob@example.net", refused);

    assertThat(log.lines())
        .containsExactly("mail.refused domain=* reason=operator code=\"535 5.7.8\"");
  }

  @Test
  void whatIsTheRecipientsMatterIsNotTold() {
    refusals.heard("ann@example.org", new Outcome.Sent("queued"));
    refusals.heard("ann@example.org", new Outcome.Rejected(Reason.ADDRESS, "550 5.1.1 no"));
    refusals.heard("ann@example.org", new Outcome.Deferred(Reason.UNAVAILABLE, "451 4.3.0", null));

    assertThat(log.lines()).isEmpty();
  }
}
