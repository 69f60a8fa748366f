package tocsin.audience;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import tocsin.audience.AddressCheck.Refused;

/**
 * The form of an e-mail address: a plain local part in ASCII, and a domain of letters, digits and
 * hyphens with at least one dot. Quoted local parts and address literals are refused.
 *
 * <p>A domain in Unicode becomes its A-label, but only where that loses nothing: IDNA 2003, which
 * the JDK speaks, and UTS 46 differ exactly where the former rewrites characters (ß, ς, joiners),
 * and mail would go to another domain.
 */
final class EmailAddress {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;
  private static final int LONGEST_LABEL = 63;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private EmailAddress() {}

  static AddressCheck check(String text) {
    if (text.length() > LONGEST) {
      return new Refused("must have at most " + LONGEST + " characters");
    }
    int at = text.indexOf('@');
    if (at < 0 || at != text.lastIndexOf('@')) {
      return new Refused("must have one @");
    }
    String local = text.substring(0, at);
    if (!isAscii(local)) {
      return new Refused("must be ASCII before the @");
    }
    if (local.length() > LONGEST_LOCAL || !LOCAL.matcher(local).matches()) {
      return new Refused(
          "must have 1 to 64 letters, digits and !#$%&'*+-/=?^_`{|}~ before the @, with single"
              + " dots between them");
    }
    return withDomain(local, text.substring(at + 1));
  }

  private static AddressCheck withDomain(String local, String typed) {
    String domain = typed.toLowerCase(Locale.ROOT);
    if (!isAscii(typed)) {
      String ascii = toAscii(domain);
      if (ascii.isEmpty()) {
        return new Refused("must have a domain that reads the same by IDNA 2003 and UTS 46");
      }
      domain = ascii;
    }
    String[] labels = domain.split("\\.", -1);
    boolean named = labels.length > 1 && !NUMBER.matcher(labels[labels.length - 1]).matches();
    for (String label : labels) {
      named &= label.length() <= LONGEST_LABEL && LABEL.matcher(label).matches();
    }
    if (!named) {
      return new Refused("must have a domain name such as example.com behind the @");
    }
    String address = local + "@" + domain;
    if (address.length() > LONGEST) {
      return new Refused("must have at most " + LONGEST + " characters");
    }
    return new Address(Channel.EMAIL, address, address.toLowerCase(Locale.ROOT));
  }

  /** Empty where the A-label does not stand for exactly this name. */
  private static String toAscii(String domain) {
    try {
      String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
      return IDN.toUnicode(ascii).equals(domain) ? ascii : "";
    } catch (IllegalArgumentException notAName) {
      return "";
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
