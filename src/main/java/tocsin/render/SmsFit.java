package tocsin.render;

import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;

/**
 * Shortens what may be shortened until a text message keeps within its segments: first the body,
 * then the title. The rest, the link above all, stays whole, even if that costs a segment more.
 */
record SmsFit(int segments) {
  /** A remnant shorter than this tells nothing. */
  private static final int SHORTEST = 16;

  /**
   * @param message makes the text of a title and a body
   */
  String fitted(String title, String body, BinaryOperator<String> message) {
    if (fits(message.apply(title, body))) {
      return message.apply(title, body);
    }
    if (fits(message.apply(title, ""))) {
      int most = longest(body.length(), n -> fits(message.apply(title, Graphemes.cut(body, n))));
      return message.apply(title, most < SHORTEST ? "" : Graphemes.cut(body, most));
    }
    int most = longest(title.length(), n -> fits(message.apply(Graphemes.cut(title, n), "")));
    return message.apply(Graphemes.cut(title, Math.max(most, SHORTEST)), "");
  }

  private boolean fits(String text) {
    return SmsSegments.count(text) <= segments;
  }

  /** The largest that is good, from 0; everything below a good one is taken to be good. */
  private static int longest(int most, IntPredicate good) {
    int low = 0;
    int high = most;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (good.test(middle)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
