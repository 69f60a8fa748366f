package tocsin.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-10-21T07:26:00Z");
  private static final Duration LONGEST = Duration.ofHours(1);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "120, 120",
    "' 7 ', 7",
    "3600, 3600",
    "3601, 3600",
    "999999999, 3600",
    "99999999999999999999999, 3600"
  })
  void secondsAreReadAndCapped(String value, long seconds) {
    assertThat(parse(value)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Wed, 21 Oct 2026 07:28:00 GMT",
        "Wednesday, 21-Oct-26 07:28:00 GMT",
        "Wed Oct 21 07:28:00 2026"
      })
  void eachFormOfADateIsRead(String value) {
    assertThat(parse(value)).contains(Duration.ofMinutes(2));
  }

  @Test
  void theOldestFormPadsTheDayWithABlank() {
    Optional<Duration> wait =
        RetryAfter.parse(
            "Fri Nov  6 08:00:00 2026", null, Instant.parse("2026-11-06T07:59:30Z"), LONGEST);

    assertThat(wait).contains(Duration.ofSeconds(30));
  }

  @Test
  void aYearOfTwoDigitsIsNeverMoreThanFiftyYearsAhead() {
    assertThat(parse("Sunday, 06-Nov-94 08:49:37 GMT")).contains(Duration.ZERO);
  }

  @Test
  void aDateInThePastMeansNow() {
    assertThat(parse("Wed, 21 Oct 2026 07:25:59 GMT")).contains(Duration.ZERO);
  }

  @Test
  void aDateFarAheadIsCapped() {
    assertThat(parse("Thu, 21 Oct 2027 07:28:00 GMT")).contains(LONGEST);
  }

  @Test
  void aDateIsComparedWithTheClockThatWroteIt() {
    Optional<Duration> wait =
        RetryAfter.parse(
            "Wed, 21 Oct 2026 09:00:30 GMT", "Wed, 21 Oct 2026 09:00:00 GMT", NOW, LONGEST);

    assertThat(wait).contains(Duration.ofSeconds(30));
  }

  @Test
  void anUnreadableDateHeaderIsNotCompared() {
    Optional<Duration> wait =
        RetryAfter.parse("Wed, 21 Oct 2026 07:28:00 GMT", "yesterday", NOW, LONGEST);

    assertThat(wait).contains(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "+1",
        "1.5",
        "1e3",
        "0x10",
        "soon",
        "120, 240",
        "१२",
        "Wed, 21 Oct 2026 07:28:00 CET",
        "Mon, 21 Oct 2026 07:28:00 GMT",
        "Wed, 32 Oct 2026 07:28:00 GMT",
        "2026-10-21T07:28:00Z"
      })
  void everythingElseIsIgnored(String value) {
    assertThat(parse(value)).isEmpty();
  }

  @Test
  void nothingIsNothing() {
    assertThat(RetryAfter.parse(null, null, NOW, LONGEST)).isEmpty();
  }

  private static Optional<Duration> parse(String value) {
    return RetryAfter.parse(value, null, NOW, LONGEST);
  }
}
