package tocsin.render;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One compiled template: a pure function of a model. Unknown names fail. */
final class Page {
  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private final Source source;
  private final Mustache.Compiler compiler;
  private final Template template;

  /**
   * @throws MustacheException if the text is no template
   */
  private Page(Source source, String text, Mustache.Compiler compiler) {
    this.source = source;
    this.compiler = compiler;
    this.template = compiler.compile(text);
  }

  /** Empty, with the problem reported, if it does not compile. */
  static Optional<Page> compiled(Source source, Form form, Problems problems) {
    Mustache.Compiler compiler =
        Mustache.compiler()
            .strictSections(true)
            .emptyStringIsFalse(true)
            .withCollector(new DataOnly())
            .withEscaper(form.escaper());
    try {
      return Optional.of(new Page(source, source.text(), compiler));
    } catch (MustacheException e) {
      problems.add(problem(e, source));
      return Optional.empty();
    }
  }

  /** The same, making {@link NumberedText}. */
  Page numbered() {
    return new Page(source, NumberedText.template(source.text()), compiler);
  }

  /**
   * @throws MustacheException for what {@link #problem} puts into words
   */
  String render(Map<String, ?> model) {
    return template.execute(model);
  }

  Source source() {
    return source;
  }

  /** The last line. */
  Place end() {
    return source.places().getLast();
  }

  TemplateProblem problem(MustacheException e) {
    return problem(e, source);
  }

  private static TemplateProblem problem(MustacheException e, Source source) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof MustacheException.Context context) {
      return source.place(context.lineNo).problem("unknown or empty here: " + context.key);
    }
    Matcher line = LINE.matcher(message);
    Place place = source.place(line.find() ? Integer.parseInt(line.group(1)) : 1);
    return place.problem(message.replaceAll("\\s*@ line \\d+", ""));
  }
}
