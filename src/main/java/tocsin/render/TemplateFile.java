package tocsin.render;

/**
 * One file as it was read.
 *
 * @param name path below the templates folder, {@code email/update.html}
 * @param text lines ended by LF
 */
record TemplateFile(String name, String text) {
  int lines() {
    return Math.max(1, (int) text.lines().count());
  }
}
