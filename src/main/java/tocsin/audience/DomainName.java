package tocsin.audience;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of a mail domain: labels of letters, digits and hyphens, two at least.
 *
 * <p>One in Unicode becomes its A-labels, but only where that loses nothing: IDNA 2003, which the
 * JDK speaks, and UTS 46 differ exactly where the former rewrites characters (ß, ς, joiners), and
 * mail would go to another domain.
 */
final class DomainName {
  private static final int LONGEST_LABEL = 63;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern LEADING_MARK = Pattern.compile("(?:^|\\.)\\p{M}");

  /** Controls, blanks, and what is not assigned; joiners have their uses in names. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Z}&&[^\u200c\u200d]]");

  private static final String ACE = "xn--";

  private DomainName() {}

  /** In ASCII and lower case; empty for what is no domain name, or not surely which. */
  static Optional<String> ascii(String typed) {
    String name = typed.toLowerCase(Locale.ROOT);
    String ascii =
        isAscii(name) ? name : converted(Normalizer.normalize(name, Normalizer.Form.NFC));
    String[] labels = ascii.split("\\.", -1);
    boolean named = labels.length > 1 && !NUMBER.matcher(labels[labels.length - 1]).matches();
    for (String label : labels) {
      named &= label.length() <= LONGEST_LABEL && LABEL.matcher(label).matches();
      named &= !label.startsWith(ACE) || isALabel(label);
    }
    return named ? Optional.of(ascii) : Optional.empty();
  }

  /** Whether a label says that it stands for one in Unicode, and there is no such label. */
  static boolean hasBrokenALabel(String typed) {
    return Stream.of(typed.toLowerCase(Locale.ROOT).split("\\.", -1))
        .anyMatch(label -> label.startsWith(ACE) && !isALabel(label));
  }

  /** RFC 5890, 2.3.2.1, as far as it can be told without the tables of one version of Unicode. */
  private static boolean isALabel(String label) {
    return Punycode.decoded(label.substring(ACE.length()))
        .filter(name ->
            !isAscii(name)
                && Normalizer.isNormalized(name, Normalizer.Form.NFC)
                && name.equals(name.toLowerCase(Locale.ROOT))
                && !LEADING_MARK.matcher(name).find()
                && !UNSEEN.matcher(name).find())
        .isPresent();
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Empty where the A-labels do not stand for exactly this name. */
  private static String converted(String name) {
    if (LEADING_MARK.matcher(name).find()) {
      return "";
    }
    try {
      String ascii = IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
      return IDN.toUnicode(ascii).equals(name) ? ascii : "";
    } catch (IllegalArgumentException notAName) {
      return "";
    }
  }
}
