package tocsin.feedback.mail;

import java.util.regex.Pattern;

/** HTML as words, roughly: enough to find codes and phrases in it. */
final class Markup {
  private static final Pattern HIDDEN =
      Pattern.compile("(?is)<(style|script|head)\\b[^>]{0,500}>.{0,20000}?</\\1\\s*>");
  private static final Pattern BREAK =
      Pattern.compile("(?i)<(?:br|/p|/div|/tr|/li|/h[1-6])\\b[^>]{0,500}>");
  private static final Pattern TAG = Pattern.compile("<[/!a-zA-Z][^>]{0,2000}>");

  private Markup() {}

  static String removed(String html) {
    String bare = HIDDEN.matcher(html).replaceAll(" ");
    bare = BREAK.matcher(bare).replaceAll("\n");
    return TAG.matcher(bare)
        .replaceAll(" ")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
