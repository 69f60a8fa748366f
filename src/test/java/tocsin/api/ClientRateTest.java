package tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One client never keeps others out. */
class ClientRateTest {
  private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
  private final ClientRate rate =
      new ClientRate(new ClientAddress(List.of()), 3, InstantSource.fixed(NOON));

  @Test
  void soManyAMinuteAreTaken() {
    for (int i = 0; i < 3; i++) {
      assertThat(rate.ask("198.51.100.7", NOON.plusSeconds(i))).isZero();
    }

    assertThat(rate.ask("198.51.100.7", NOON.plusSeconds(20))).isEqualTo(Duration.ofSeconds(40));
    assertThat(rate.ask("198.51.100.8", NOON.plusSeconds(20))).isZero();
  }

  @Test
  void aRefusalDoesNotMakeTheWaitLonger() {
    for (int i = 0; i < 100; i++) {
      rate.ask("198.51.100.7", NOON);
    }

    assertThat(rate.ask("198.51.100.7", NOON.plusSeconds(60))).isZero();
  }

  @Test
  void neighboursInANetworkOfIpv6AreOneClient() {
    for (int i = 0; i < 3; i++) {
      rate.ask("2001:db8:0:1:0:0:0:" + i, NOON);
    }

    assertThat(rate.ask("2001:db8:0:1:9:9:9:9", NOON)).isPositive();
    assertThat(rate.ask("2001:db8:0:2:0:0:0:1", NOON)).isZero();
  }
}
