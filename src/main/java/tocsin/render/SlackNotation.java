package tocsin.render;

/**
 * Slack's mrkdwn. The three characters that it obeys, in mentions such as {@code <!channel>} above
 * all, are escaped.
 */
record SlackNotation() implements Notation {

  /**
   * @param written in mrkdwn
   */
  static String linked(String written, String target) {
    String url =
        target.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C");
    return "<" + url + "|" + written.replace('\n', ' ').replace('|', '/') + ">";
  }

  @Override
  public String text(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public String strong(String written) {
    return marked("*", written);
  }

  @Override
  public String emphasis(String written) {
    return marked("_", written);
  }

  @Override
  public String code(String plain) {
    return marked("`", text(plain.replace('`', '\'')));
  }

  @Override
  public String codeBlock(String plain) {
    return "```\n" + text(plain.replace("```", "'''")) + "\n```";
  }

  @Override
  public String quote(String written) {
    return "> " + written.replace("\n", "\n> ");
  }

  @Override
  public String link(String written, String target) {
    return WebTarget.isFollowed(target) && written.indexOf('<') < 0
        ? linked(written, target)
        : written;
  }

  @Override
  public String bullet() {
    return "\u2022 ";
  }

  private static String marked(String mark, String written) {
    return written.isBlank() || written.indexOf('\n') >= 0 ? written : mark + written + mark;
  }
}
