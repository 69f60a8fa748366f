package tocsin.render;

/**
 * Where a line of a template comes from.
 *
 * @param line from 1
 */
record Place(String file, int line) {
  TemplateProblem problem(String detail) {
    return new TemplateProblem(file, line, detail);
  }
}
