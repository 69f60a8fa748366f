package tocsin.audience;

import java.util.Optional;

/** Reads what stands behind {@code xn--} in a label (RFC 3492, with the parameters of IDNA). */
final class Punycode {
  private static final int BASE = 36;
  private static final int LEAST_THRESHOLD = 1;
  private static final int MOST_THRESHOLD = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int FIRST_BIAS = 72;
  private static final int FIRST_CODE_POINT = 0x80;

  private Punycode() {}

  /** Empty for what no encoder makes. Of a label, so the effort is bounded by 63 characters. */
  static Optional<String> decoded(String encoded) {
    int delimiter = encoded.lastIndexOf('-');
    StringBuilder decoded = new StringBuilder(encoded.substring(0, Math.max(delimiter, 0)));
    int[] input = encoded.substring(delimiter + 1).chars().map(Punycode::digit).toArray();
    int bias = FIRST_BIAS;
    long codePoint = FIRST_CODE_POINT;
    long place = 0;
    int length = decoded.length();
    int next = 0;
    while (next < input.length) {
      long before = place;
      long weight = 1;
      for (int k = BASE; ; k += BASE) {
        if (next == input.length || input[next] < 0) {
          return Optional.empty();
        }
        int digit = input[next++];
        place += digit * weight;
        int threshold = Math.clamp(k - bias, LEAST_THRESHOLD, MOST_THRESHOLD);
        if (place > Integer.MAX_VALUE) {
          return Optional.empty();
        }
        if (digit < threshold) {
          break;
        }
        weight *= BASE - threshold;
      }
      length++;
      bias = adapted(place - before, length, before == 0);
      codePoint += place / length;
      place %= length;
      if (codePoint > Character.MAX_CODE_POINT) {
        return Optional.empty();
      }
      decoded.insert(
          decoded.offsetByCodePoints(0, (int) place), Character.toString((int) codePoint));
      place++;
    }
    return Optional.of(decoded.toString());
  }

  private static int digit(int character) {
    if (character >= 'a' && character <= 'z') {
      return character - 'a';
    }
    return character >= '0' && character <= '9' ? character - '0' + 26 : -1;
  }

  private static int adapted(long delta, int length, boolean first) {
    long left = first ? delta / DAMP : delta / 2;
    left += left / length;
    int k = 0;
    while (left > (BASE - LEAST_THRESHOLD) * MOST_THRESHOLD / 2) {
      left /= BASE - LEAST_THRESHOLD;
      k += BASE;
    }
    return (int) (k + (BASE - LEAST_THRESHOLD + 1) * left / (left + SKEW));
  }
}
