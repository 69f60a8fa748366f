package tocsin.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import tocsin.audience.Channel;

class ArrivalsTest {
  private static final Content FIVE = new Content.Sms("+15005550006", "12345", null);

  @Test
  void arrivalIsCountedWhenItsContentFindsNoRoom() {
    Arrivals arrivals =
        new Arrivals(InstantSource.system(), words -> new Telling(words.length(), "en"), 12);

    for (int i = 0; i < 3; i++) {
      arrivals.record(Channel.SMS, "+1555555010" + i, "SM" + i, true, FIVE);
    }

    assertThat(arrivals.all()).extracting(Arrival::content).containsExactly(FIVE, FIVE, null);
    assertThat(arrivals.all()).extracting(Arrival::sequence).containsExactly(5, 5, 5);
    assertThat(arrivals.all()).extracting(Arrival::number).containsExactly(0, 1, 2);
  }

  @Test
  void wordsOfNoUpdateTellNothing() {
    Arrivals arrivals = new Arrivals(InstantSource.system(), Recognition.NONE);

    arrivals.record(Channel.SMS, "+15555550100", "SM1", true, FIVE);

    assertThat(arrivals.all()).extracting(Arrival::sequence).containsExactly(0);
  }
}
