package tocsin.render;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Cuts a composed mail at its placeholders. In a body, where quoted-printable may have broken a
 * placeholder in two, each slot gets a line of its own by soft line breaks, so that whatever is put
 * there keeps all lines within 76 characters. No line of the body begins with a dot.
 */
final class SlotCutter {
  private static final String LINE_END = "\r\n";
  private static final String SOFT_BREAK = "=\r\n";

  private final Placeholders placeholders;

  SlotCutter(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * @param mime octets as ISO-8859-1
   */
  PreparedEmail cut(String mime) {
    int body = mime.indexOf(LINE_END + LINE_END);
    List<byte[]> literals = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    Matcher matcher = placeholders.pattern().matcher(mime);
    int from = 0;
    String opening = "";
    while (matcher.find()) {
      String before = opening + mime.substring(from, matcher.start());
      boolean inBody = matcher.start() > body;
      literals.add(octets(inBody && !before.endsWith("\n") ? before + SOFT_BREAK : before));
      slots.add(Slot.marked(matcher.group(1).charAt(0)));
      from = matcher.end();
      opening = inBody && !endsLine(mime, from) ? SOFT_BREAK : "";
    }
    literals.add(octets(opening + mime.substring(from)));
    requireAll(slots);
    return new PreparedEmail(literals, slots);
  }

  private static boolean endsLine(String mime, int at) {
    return mime.startsWith(LINE_END, at) || mime.startsWith(SOFT_BREAK, at);
  }

  private static void requireAll(List<Slot> slots) {
    Set<Slot> missing = EnumSet.allOf(Slot.class);
    slots.forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new IllegalStateException("a composed mail lacks the slots " + missing);
    }
  }

  private static byte[] octets(String text) {
    return WireLines.undotted(text).getBytes(StandardCharsets.ISO_8859_1);
  }
}
