package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"+15005550006", "+447400123456", "+4915123456789", "+15558675310", "+12025550143"})
  void takesWhatMayReceiveTexts(String number) {
    assertThat(PhoneNumber.check(number)).isEqualTo(new Address(Channel.SMS, number, number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "911",
        "4915123456789",
        "00447400123456",
        "+44 7400 123456",
        "+1-500-555-0006",
        "+15005550006;ext=7",
        "+15005550006x7",
        "+1800FLOWERS",
        "+18003569377",
        "+493012345678",
        "+99912345678",
        "+1500555000",
        "+0123456789",
        "+150055500061234567",
        "+15005550006\r\n",
        "+١٥٠٠٥٥٥٠٠٠٦"
      })
  void refusesWhatCannot(String number) {
    assertThat(PhoneNumber.check(number)).isInstanceOf(AddressCheck.Refused.class);
  }
}
