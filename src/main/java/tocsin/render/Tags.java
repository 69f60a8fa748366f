package tocsin.render;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tags a template may hold. */
final class Tags {
  private static final Pattern FOREIGN = Pattern.compile("\\{\\{\\s*[=<$]");
  private static final Pattern RAW =
      Pattern.compile("\\{\\{\\{\\s*([^}]*?)\\s*}}}|\\{\\{\\s*&\\s*([^}]*?)\\s*}}");

  private Tags() {}

  /**
   * Reports values that would go out unescaped, and the tags of Mustache that are not supported:
   * other delimiters, inheritance.
   */
  static void check(Source source, Form form, Problems problems) {
    List<String> lines = source.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Place place = source.place(i + 1);
      if (FOREIGN.matcher(lines.get(i)).find()) {
        problems.add(place.problem("{{=, {{< and {{$ are not supported"));
      }
      Matcher raw = RAW.matcher(lines.get(i));
      while (raw.find()) {
        String name = raw.group(1) != null ? raw.group(1) : raw.group(2);
        if (!form.takesRaw(name)) {
          problems.add(place.problem(name + " must be escaped: two braces"));
        }
      }
    }
  }
}
