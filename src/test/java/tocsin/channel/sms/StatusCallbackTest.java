package tocsin.channel.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.audience.DeliveryId;

class StatusCallbackTest {
  private static final URI TWILIO = URI.create("https://api.twilio.com");
  private static final DeliveryId ID = new DeliveryId(7, 42);

  @ParameterizedTest
  @ValueSource(
      strings = {"https://status.acme.example", "http://a.b.example:8443", "https://x.example/t"})
  void aPublicHostIsReportedTo(String publicUrl) {
    assertThat(new StatusCallback(URI.create(publicUrl), TWILIO).of(ID))
        .contains(publicUrl + "/hooks/twilio/status?d=d7_16#rc=3&rp=all");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "https://gateway",
        "https://status_page.acme.example"
      })
  void whatTwilioWouldRefuseIsLeftOut(String publicUrl) {
    assertThat(new StatusCallback(URI.create(publicUrl), TWILIO).of(ID)).isEmpty();
    assertThat(
            new StatusCallback(
                    URI.create(publicUrl), URI.create("https://api.dublin.ie1.twilio.com"))
                .of(ID))
        .isEmpty();
  }

  @Test
  void whatIsNotTwilioMayReachUsAnywhere() {
    URI local = URI.create("http://localhost:8080");

    assertThat(new StatusCallback(local, URI.create("http://127.0.0.1:9999")).of(ID)).isPresent();
    assertThat(new StatusCallback(local, URI.create("https://api.nottwilio.com")).of(ID))
        .isPresent();
  }
}
