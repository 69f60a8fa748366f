package tocsin.render;

import java.util.regex.Matcher;

/**
 * Finds the placeholders in a composed mail. In a body, where quoted-printable may have broken a
 * placeholder in two, each slot gets a line of its own by soft line breaks, so that whatever is put
 * there keeps all lines within 76 characters. No line of the body begins with a dot.
 */
final class SlotFinder {
  private static final String LINE_END = "\r\n";
  private static final String SOFT_BREAK = "=\r\n";

  private final Placeholders placeholders;

  SlotFinder(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * @param mime octets as ISO-8859-1
   * @return the same with the signs of the slots for their placeholders
   */
  String signed(String mime) {
    int body = mime.indexOf(LINE_END + LINE_END);
    StringBuilder signed = new StringBuilder(mime.length() + 100);
    Matcher matcher = placeholders.pattern().matcher(mime);
    int from = 0;
    while (matcher.find()) {
      boolean inBody = matcher.start() > body;
      signed.append(mime, from, matcher.start());
      if (inBody && signed.charAt(signed.length() - 1) != '\n') {
        signed.append(SOFT_BREAK);
      }
      from = matcher.end();
      signed.append(Slot.marked(matcher.group(1).charAt(0)).sign());
      if (inBody && !endsLine(mime, from)) {
        signed.append(SOFT_BREAK);
      }
    }
    return WireLines.undotted(signed.append(mime, from, mime.length()).toString());
  }

  private static boolean endsLine(String mime, int at) {
    return mime.startsWith(LINE_END, at) || mime.startsWith(SOFT_BREAK, at);
  }
}
