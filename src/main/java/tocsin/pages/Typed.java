package tocsin.pages;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What somebody typed into a form, to be read and to be shown again; every value is bounded. */
record Typed(Map<String, List<String>> fields) {
  private static final int LONGEST = 2_048;
  private static final int MOST = 5_000;

  Typed {
    fields = Map.copyOf(fields);
  }

  static Typed of(MultiMap form) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String name : form.names()) {
      if (name.length() <= LONGEST && fields.size() < MOST) {
        fields.put(name, form.getAll(name).stream().limit(MOST).map(Typed::bounded).toList());
      }
    }
    return new Typed(fields);
  }

  /** The first value without blanks around it; empty where there is none. */
  String text(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? "" : values.getFirst().strip();
  }

  List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  boolean has(String name) {
    return !text(name).isEmpty();
  }

  /** PostgreSQL takes no NUL. */
  private static String bounded(String value) {
    return value.substring(0, Math.min(LONGEST, value.length())).replace('\0', ' ');
  }

  /** Without what tells of a person. */
  @Override
  public String toString() {
    return "Typed" + fields.keySet();
  }
}
