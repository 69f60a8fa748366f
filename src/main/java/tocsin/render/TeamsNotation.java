package tocsin.render;

import java.util.regex.Pattern;

/**
 * The part of Markdown that a TextBlock of an Adaptive Card shows; it knows neither code nor HTML.
 */
record TeamsNotation() implements Notation {
  private static final Pattern OBEYED = Pattern.compile("[\\\\`*_\\[\\]<>~#|]");

  @Override
  public String text(String plain) {
    return OBEYED.matcher(plain).replaceAll("\\\\$0");
  }

  @Override
  public String strong(String written) {
    return marked("**", written);
  }

  @Override
  public String emphasis(String written) {
    return marked("_", written);
  }

  @Override
  public String code(String plain) {
    return text(plain);
  }

  /** Each line a paragraph, or they would run together. */
  @Override
  public String codeBlock(String plain) {
    return text(plain).replace("\n", "\n\n");
  }

  @Override
  public String quote(String written) {
    return written;
  }

  @Override
  public String link(String written, String target) {
    return WebTarget.isFollowed(target)
        ? "[" + written.replace('\n', ' ') + "](" + address(target) + ")"
        : written;
  }

  @Override
  public String bullet() {
    return "- ";
  }

  private static String address(String target) {
    return target
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("\\", "%5C");
  }

  private static String marked(String mark, String written) {
    return written.isBlank() || written.indexOf('\n') >= 0 ? written : mark + written + mark;
  }
}
