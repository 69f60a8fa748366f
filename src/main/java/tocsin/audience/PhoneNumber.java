package tocsin.audience;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.audience.AddressCheck.Refused;

/**
 * The form of a number for SMS: E.164, possible in its country, and not known as one without SMS.
 */
public final class PhoneNumber {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  private PhoneNumber() {}

  public static AddressCheck check(String text) {
    if (!E164.matcher(text).matches()) {
      return new Refused("must be E.164: + and 7 to 15 digits, no blanks and no extension");
    }
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    Phonenumber.PhoneNumber number;
    try {
      number = numbers.parse(text, null);
    } catch (NumberParseException unknownCountry) {
      return new Refused("must begin with a country code");
    }
    if (!numbers.isPossibleNumber(number)) {
      return new Refused("must be a possible number of its country");
    }
    return switch (numbers.getNumberType(number)) {
      case FIXED_LINE -> new Refused("is a fixed line");
      case TOLL_FREE -> new Refused("is a toll-free number");
      case PREMIUM_RATE, SHARED_COST -> new Refused("is a number that costs whoever calls it");
      case PAGER, VOICEMAIL, UAN -> new Refused("is no number of a phone");
      default -> new Address(Channel.SMS, text, text);
    };
  }

  /**
   * The digits behind the plus sign that stand for a country or several, of a number that passed.
   */
  static int countryCode(String number) {
    return parsed(number).getCountryCode();
  }

  /** ISO 3166-1 alpha-2, of a number that passed; empty where it is of no one country. */
  public static Optional<String> country(String number) {
    return Optional.ofNullable(
        PhoneNumberUtil.getInstance().getRegionCodeForNumber(parsed(number)));
  }

  private static Phonenumber.PhoneNumber parsed(String number) {
    try {
      return PhoneNumberUtil.getInstance().parse(number, null);
    } catch (NumberParseException e) {
      throw new IllegalArgumentException("not a number that was found well-formed", e);
    }
  }
}
