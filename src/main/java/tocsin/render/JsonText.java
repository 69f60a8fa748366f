package tocsin.render;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Text as the inside of a JSON string. */
final class JsonText {
  private JsonText() {}

  static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
