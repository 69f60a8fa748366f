package tocsin.config;

import java.util.List;
import java.util.Locale;

/**
 * Whether a signature by one domain stands for mail from another (RFC 7489, 3.1.1, relaxed), as far
 * as that can be told without the list of public suffixes: two labels make an organization, or
 * three where the first two look like {@code co.uk}.
 */
final class Alignment {
  private static final int LONGEST_CATEGORY = 3;
  private static final int COUNTRY = 2;

  private Alignment() {}

  static boolean of(String signer, String sender) {
    return organization(signer).equals(organization(sender));
  }

  private static String organization(String domain) {
    String[] labels = domain.toLowerCase(Locale.ROOT).split("\\.", -1);
    int count = labels.length;
    boolean category =
        count > 2
            && labels[count - 1].length() == COUNTRY
            && labels[count - 2].length() <= LONGEST_CATEGORY;
    int from = Math.max(0, count - (category ? 3 : 2));
    return String.join(".", List.of(labels).subList(from, count));
  }
}
