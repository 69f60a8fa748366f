package tocsin.render;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was found wrong so far, each thing once. */
final class Problems {
  private static final int MOST = 100;
  private final Set<TemplateProblem> found = new LinkedHashSet<>();

  void add(String file, int line, String detail) {
    add(new TemplateProblem(file, line, detail));
  }

  void add(TemplateProblem problem) {
    if (found.size() < MOST) {
      found.add(problem);
    }
  }

  void addAll(Problems others) {
    others.found.forEach(this::add);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void throwIfAny() throws TemplateException {
    if (!found.isEmpty()) {
      throw new TemplateException(List.copyOf(found));
    }
  }
}
