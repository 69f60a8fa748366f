package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.channel.sms.TwilioReceipts.Receipt;

class TwilioReceiptsTest {

  @ParameterizedTest
  @CsvSource({
    "accepted, 1",
    "scheduled, 1",
    "queued, 2",
    "sending, 3",
    "sent, 4",
    "partially_delivered, 4",
    "delivered, 5",
    "undelivered, 5",
    "failed, 5",
    "canceled, 5",
    "read, 5"
  })
  void eachStateHasItsRank(String status, int rank) {
    assertThat(TwilioReceipts.of(status)).contains(new Receipt(status, rank));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Delivered", "received", "receiving", "teleported"})
  void whatIsNotOurBusinessHasNone(String status) {
    assertThat(TwilioReceipts.of(status)).isEmpty();
  }
}
