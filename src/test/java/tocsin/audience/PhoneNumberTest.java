package tocsin.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"+15005550006", "+447400123456", "+4915123456789", "+15558675310", "+12025550143"})
  void takesWhatMayReceiveTexts(String number) {
    assertThat(PhoneNumber.check(number)).isEqualTo(new Address(Channel.SMS, number, number));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "00447400123456 | must be E.164: + and 7 to 15 digits, no blanks and no extension",
        "+1800FLOWERS | must be E.164: + and 7 to 15 digits, no blanks and no extension",
        "911 | must be E.164: + and 7 to 15 digits, no blanks and no extension",
        "+15005550006;ext=7 | must be E.164: + and 7 to 15 digits, no blanks and no extension",
        "+18003569377 | is a toll-free number",
        "+493012345678 | is a fixed line",
        "+99912345678 | must begin with a country code",
        "+1911 | must be E.164: + and 7 to 15 digits, no blanks and no extension",
        "+1500555000 | must be a possible number of its country"
      })
  void aRefusalSaysWhy(String number, String why) {
    assertThat(PhoneNumber.check(number)).isEqualTo(new AddressCheck.Refused(why));
  }

  /** What the rules rest on, so that a new version of the library cannot change them unseen. */
  @Test
  void theLibraryKnowsTheseNumbers() throws NumberParseException {
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();

    assertThat(library.format(library.parse("00447400123456", "DE"), PhoneNumberFormat.E164))
        .isEqualTo("+447400123456");
    assertThat(library.format(library.parse("+1800FLOWERS", null), PhoneNumberFormat.E164))
        .isEqualTo("+18003569377");
    assertThat(library.isPossibleNumber(library.parse("911", "US"))).isFalse();
    assertThat(library.parse("+15005550006;ext=7", null).getExtension()).isEqualTo("7");
    assertThat(library.isPossibleNumber(library.parse("+15558675310", null))).isTrue();
    assertThat(library.isValidNumber(library.parse("+15558675310", null))).isFalse();
    assertThat(library.getNumberType(library.parse("+15005550006", null)))
        .isEqualTo(PhoneNumberType.PERSONAL_NUMBER);
    assertThat(library.getNumberType(library.parse("+12025550143", null)))
        .isEqualTo(PhoneNumberType.FIXED_LINE_OR_MOBILE);
    assertThatThrownBy(() -> library.parse("+99912345678", null))
        .isInstanceOfSatisfying(
            NumberParseException.class,
            refused ->
                assertThat(refused.getErrorType())
                    .isEqualTo(NumberParseException.ErrorType.INVALID_COUNTRY_CODE));
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
