package tocsin.channel.sms;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/** The two letters of a number's country; {@code ZZ} for numbers of none. */
record Country(String letters) {
  private static final Country NONE = new Country("ZZ");

  static Country of(String number) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      String region = numbers.getRegionCodeForNumber(numbers.parse(number, null));
      return region == null ? NONE : new Country(region);
    } catch (NumberParseException unknown) {
      return NONE;
    }
  }
}
