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
      return message.apply(title, fittedBody(title, body, message));
    }
    int most = longest(title, n -> fits(message.apply(Graphemes.cut(title, n), "")));
    String cut = Graphemes.cut(title, Math.max(most, SHORTEST));
    return message.apply(cut, fittedBody(cut, body, message));
  }

  private String fittedBody(String title, String body, BinaryOperator<String> message) {
    int most = longest(body, n -> fits(message.apply(title, Graphemes.cut(body, n))));
    return most < SHORTEST ? "" : Graphemes.cut(body, most);
  }

  private boolean fits(String text) {
    return SmsSegments.count(text) <= segments;
  }

  /**
   * How much of a text is good: cut before the first character outside of GSM, what is left may go
   * out in septets, of which there are more.
   */
  private static int longest(String text, IntPredicate good) {
    return Math.max(longest(gsmPrefix(text), good), longest(text.length(), good));
  }

  private static int gsmPrefix(String text) {
    int end = 0;
    while (end < text.length() && GsmAlphabet.septets(text.codePointAt(end)) > 0) {
      end++;
    }
    return end;
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
