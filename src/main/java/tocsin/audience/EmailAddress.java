package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tocsin.audience.AddressCheck.Refused;

/**
 * The form of an e-mail address: before the @ letters, digits and signs of any script with single
 * dots between them (RFC 6531), behind it a domain name with at least one dot. Quoted local parts
 * and address literals are refused. It is kept as it was typed; equal addresses have one key, and
 * what goes over the wire has its domain in ASCII.
 */
public final class EmailAddress {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;

  /** Beyond ASCII everything that shows; controls, blanks and joiners do not. */
  private static final String ATOM = "[-A-Za-z0-9!#$%&'*+/=?^_`{|}~[^\\x00-\\x7F\\p{C}\\p{Z}]]+";

  private static final Pattern LOCAL = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");

  private EmailAddress() {}

  public static AddressCheck check(String typed) {
    if (octets(typed) > LONGEST) {
      return tooLong();
    }
    int at = typed.indexOf('@');
    if (at < 0 || at != typed.lastIndexOf('@')) {
      return new Refused("must have one @");
    }
    String local = typed.substring(0, at);
    if (octets(composed(local)) > LONGEST_LOCAL || !LOCAL.matcher(local).matches()) {
      return new Refused(
          "must have 1 to 64 octets of letters, digits and !#$%&'*+-/=?^_`{|}~ before the @, with"
              + " single dots between them");
    }
    String name = typed.substring(at + 1);
    Optional<String> domain = DomainName.ascii(name);
    if (domain.isEmpty()) {
      return new Refused(
          DomainName.hasBrokenALabel(name)
              ? "must have a domain whose labels with xn-- stand for a name (RFC 5890)"
              : DomainName.isAscii(name)
                  ? "must have a domain name such as example.com behind the @"
                  : "must have a domain that every version of IDNA reads alike; its ASCII form, xn--...,"
                      + " is always taken");
    }
    String wire = composed(local) + "@" + domain.get();
    return octets(wire) > LONGEST
        ? tooLong()
        : new Address(Channel.EMAIL, typed, wire.toLowerCase(Locale.ROOT));
  }

  /** An address that was found well-formed, as mail servers take it: the domain in ASCII. */
  public static String wire(String typed) {
    int at = typed.indexOf('@');
    return composed(typed.substring(0, at))
        + "@"
        + DomainName.ascii(typed.substring(at + 1)).orElseThrow();
  }

  private static Refused tooLong() {
    return new Refused("must have at most " + LONGEST + " octets");
  }

  /** One form for letters that can be written in two (RFC 6532, 3.1). */
  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static int octets(String text) {
    return text.getBytes(UTF_8).length;
  }
}
