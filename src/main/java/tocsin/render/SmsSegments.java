package tocsin.render;

/** How many segments a text takes on the way to a handset (GSM 03.38, 23.040). */
public final class SmsSegments {
  private static final int GSM_ALONE = 160;
  private static final int GSM_JOINED = 153;
  private static final int UCS2_ALONE = 70;
  private static final int UCS2_JOINED = 67;

  private SmsSegments() {}

  /** At least 1. */
  public static int count(String text) {
    return GsmAlphabet.covers(text)
        ? filled(text, GSM_ALONE, GSM_JOINED, GsmAlphabet::septets)
        : filled(text, UCS2_ALONE, UCS2_JOINED, Character::charCount);
  }

  /** Fills greedily: neither an escape sequence nor a surrogate pair is split over two segments. */
  private static int filled(String text, int alone, int joined, Cost cost) {
    int total = text.codePoints().map(cost::of).sum();
    if (total <= alone) {
      return 1;
    }
    int segments = 1;
    int used = 0;
    for (int codePoint : text.codePoints().toArray()) {
      int units = cost.of(codePoint);
      if (used + units > joined) {
        segments++;
        used = 0;
      }
      used += units;
    }
    return segments;
  }

  private interface Cost {
    int of(int codePoint);
  }
}
