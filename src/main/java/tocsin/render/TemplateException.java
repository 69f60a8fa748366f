package tocsin.render;

import java.util.List;
import java.util.stream.Collectors;

/** The templates cannot be used; says everything that is wrong with them. */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<TemplateProblem> problems;

  TemplateException(List<TemplateProblem> problems) {
    super(
        problems.stream()
            .map(TemplateProblem::toString)
            .collect(Collectors.joining("\n  ", "templates:\n  ", "")));
    this.problems = List.copyOf(problems);
  }

  public List<TemplateProblem> problems() {
    return problems;
  }
}
