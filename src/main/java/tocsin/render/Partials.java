package tocsin.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts partials, {@code {{>_facts}}}, where a template asks for them. */
final class Partials {
  private static final Pattern TAG = Pattern.compile("\\{\\{>\\s*([^}]*?)\\s*}}");
  private static final int DEEPEST = 10;
  private static final int MOST = 200;

  private final TemplateFiles files;
  private final Form form;
  private final Problems problems;
  private final StringBuilder text = new StringBuilder();
  private final List<Place> places = new ArrayList<>();
  private int count;

  private Partials(TemplateFiles files, Form form, Problems problems) {
    this.files = files;
    this.form = form;
    this.problems = problems;
  }

  static Source expanded(TemplateFile file, Form form, TemplateFiles files, Problems problems) {
    Partials partials = new Partials(files, form, problems);
    partials.append(file.text(), file.name(), 0);
    if (partials.places.isEmpty()) {
      partials.places.add(new Place(file.name(), 1));
    }
    return new Source(partials.text.toString(), partials.places);
  }

  private void append(String template, String name, int depth) {
    int line = 1;
    int from = 0;
    Matcher tag = TAG.matcher(template);
    while (tag.find()) {
      line = appendLines(template.substring(from, tag.start()), name, line);
      appendPartial(tag.group(1), new Place(name, line), depth);
      from = tag.end();
    }
    appendLines(template.substring(from), name, line);
  }

  /** A line belongs to where its first character comes from. */
  private int appendLines(String lines, String name, int firstLine) {
    int line = firstLine;
    for (int i = 0; i < lines.length(); i++) {
      if (text.isEmpty() || text.charAt(text.length() - 1) == '\n') {
        places.add(new Place(name, line));
      }
      text.append(lines.charAt(i));
      if (lines.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  private void appendPartial(String stem, Place asked, int depth) {
    String name = form.file(stem);
    Optional<TemplateFile> partial =
        stem.startsWith("_") && TemplateName.isKnown(name) ? files.find(name) : Optional.empty();
    if (partial.isEmpty()) {
      problems.add(asked.problem("no partial " + name + "; a partial's name starts with _"));
    } else if (depth == DEEPEST || ++count > MOST) {
      problems.add(asked.problem("partials that hold each other, or too many"));
    } else {
      append(withoutLastLineEnd(partial.get().text()), name, depth + 1);
    }
  }

  private static String withoutLastLineEnd(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
