package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClosedCountriesTest {
  private static final String GERMAN = "+4915123456789";
  private static final String BRITISH = "+447400123456";
  private static final Duration PAUSE = Duration.ofMinutes(5);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final ClosedCountries closed = new ClosedCountries(() -> now);

  @Test
  void onlyTheRefusedCountryWaits() {
    closed.refused(GERMAN, "Twilio 21408");

    assertThat(closed.wait("+4917612345678")).contains(PAUSE);
    assertThat(closed.wait(BRITISH)).isEmpty();
  }

  @Test
  void theWaitIsWhatIsLeftOfThePause() {
    closed.refused(GERMAN, "Twilio 21408");
    now = now.plusSeconds(60);

    assertThat(closed.wait(GERMAN)).contains(PAUSE.minusSeconds(60));
  }

  @Test
  void afterThePauseOneAsksAndTheOthersWait() {
    closed.refused(GERMAN, "Twilio 21408");
    now = now.plus(PAUSE);

    assertThat(closed.wait(GERMAN)).isEmpty();
    assertThat(closed.wait(GERMAN)).contains(PAUSE);
  }

  @Test
  void aMessageThatIsTakenOpensItsCountry() {
    closed.refused(GERMAN, "Twilio 21408");

    closed.taken(BRITISH);
    assertThat(closed.wait(GERMAN)).isPresent();
    closed.taken(GERMAN);
    assertThat(closed.wait(GERMAN)).isEmpty();
  }

  @Test
  void countriesThatShareACodeAreApart() {
    closed.refused("+12025550143", "Twilio 21408");

    assertThat(closed.wait("+14165550143")).isEmpty();
    assertThat(closed.wait("+12125550143")).isPresent();
  }
}
