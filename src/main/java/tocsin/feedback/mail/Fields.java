package tocsin.feedback.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Header fields in their order, unfolded: those of a mail, and what looks like them in reports. */
final class Fields {
  private static final int MOST = 200;
  private static final int LONGEST = 8_000;

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private int count;

  /** Up to the first empty line; what is no field is passed over. */
  static Fields of(String block) {
    Fields fields = new Fields();
    String name = "";
    StringBuilder value = new StringBuilder();
    for (String line : (Iterable<String>) block.lines()::iterator) {
      if (line.isBlank()) {
        break;
      }
      if (Character.isWhitespace(line.charAt(0))) {
        if (value.length() < LONGEST) {
          value.append(' ').append(line.strip());
        }
        continue;
      }
      fields.add(name, value.toString());
      int colon = line.indexOf(':');
      name = colon > 0 ? line.substring(0, colon) : "";
      value = new StringBuilder(line.substring(colon + 1).strip());
    }
    fields.add(name, value.toString());
    return fields;
  }

  void add(String name, String value) {
    if (!name.isEmpty() && count < MOST) {
      count++;
      String bounded = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
      values
          .computeIfAbsent(name.strip().toLowerCase(Locale.ROOT), key -> new ArrayList<>())
          .add(bounded.strip());
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The first of that name, or nothing. */
  String first(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.getFirst();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }
}
