package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoundingIncidentTest {
  private final Recording recording = FoundingIncident.recording();

  @Test
  void updatesStandAtTheTimesOfTheOriginal() {
    assertThat(IntStream.rangeClosed(1, 9).mapToObj(recording::posted))
        .extracting(OffsetDateTime::toString)
        .containsExactly(
            "2019-09-25T11:42-04:00",
            "2019-09-25T13:18-04:00",
            "2019-09-26T16:33-04:00",
            "2019-09-26T16:39-04:00",
            "2019-09-26T17:01-04:00",
            "2019-09-27T13:06-04:00",
            "2019-09-27T13:18-04:00",
            "2019-09-27T16:45-04:00",
            "2019-09-27T16:53-04:00");
  }

  @Test
  void statusesAreThoseOfTheOriginal() {
    assertThat(recording.steps())
        .extracting(step -> step.update().getString("status"))
        .containsExactly(
            "identified",
            "monitoring",
            "identified",
            "identified",
            "monitoring",
            "investigating",
            "monitoring",
            "resolved",
            "postmortem");
  }

  @Test
  void promiseOfTheFourthUpdateIsBrokenTwiceAtTheDemosPace() {
    Duration promise =
        FoundingIncident.PACE.of(Objects.requireNonNull(recording.steps().get(3).nextUpdateIn()));
    Duration wait = FoundingIncident.PACE.of(recording.steps().get(4).after());

    assertThat(wait).isBetween(promise.multipliedBy(2), promise.multipliedBy(3));
  }
}
