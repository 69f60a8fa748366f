package tocsin.render;

/**
 * What is wrong with a template.
 *
 * @param file path below the templates folder, {@code email/update.html}
 * @param line from 1
 */
public record TemplateProblem(String file, int line, String detail) {
  @Override
  public String toString() {
    return file + ":" + line + ": " + detail;
  }
}
