package tocsin.render;

/**
 * As much of an update's words as a message can hold.
 *
 * @param markdown whole, or cut at the end of a line or word
 */
record Body(String markdown, boolean isCut) {
  /** Beyond this, a mail or event is no notice any more; the incident's page has the rest. */
  static final int LONGEST = 24_000;

  static Body of(String markdown, int longest) {
    if (markdown.length() <= longest) {
      return new Body(markdown, false);
    }
    String prefix = Graphemes.prefix(markdown, longest);
    int line = prefix.lastIndexOf('\n');
    int end = line > prefix.length() / 2 ? line : prefix.lastIndexOf(' ');
    return new Body((end > 0 ? prefix.substring(0, end) : prefix).strip(), true);
  }

  /** The next smaller try when a message came out too big. */
  Body smaller() {
    return new Body(of(markdown, markdown.length() * 3 / 4).markdown(), true);
  }

  boolean isSmall() {
    return markdown.length() < 500;
  }
}
