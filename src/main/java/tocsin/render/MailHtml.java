package tocsin.render;

import java.util.List;
import java.util.regex.Pattern;
import org.owasp.html.ElementPolicy;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * The HTML that an update's words may become: a few elements, links to the web and to mailboxes.
 * Styles are set here, on each element, since mail readers drop style sheets.
 */
final class MailHtml {
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)(?:https?://|mailto:).+");
  private static final String MONO =
      "font-family:Consolas,Menlo,monospace;font-size:14px;background-color:#f3f4f6;";

  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements("strong", "em", "br")
          .allowElements(styled("p", "margin:0 0 16px 0;"), "p")
          .allowElements(styled("ul", "margin:0 0 16px 0;padding:0 0 0 24px;"), "ul")
          .allowElements(styled("ol", "margin:0 0 16px 0;padding:0 0 0 24px;"), "ol")
          .allowElements(styled("li", "margin:0 0 6px 0;"), "li")
          .allowElements(
              styled("h2", "margin:24px 0 8px 0;font-size:18px;line-height:26px;font-weight:600;"),
              "h1",
              "h2")
          .allowElements(
              styled("h3", "margin:20px 0 8px 0;font-size:16px;line-height:24px;font-weight:600;"),
              "h3",
              "h4",
              "h5",
              "h6")
          .allowElements(
              styled(
                  "blockquote",
                  "margin:0 0 16px 0;padding:0 0 0 14px;border-left:3px solid #c9ced6;color:#505a68;"),
              "blockquote")
          .allowElements(styled("code", MONO), "code")
          .allowElements(
              styled(
                  "pre",
                  MONO + "margin:0 0 16px 0;padding:12px;white-space:pre-wrap;line-height:20px;"),
              "pre")
          .allowElements(styled("a", "color:#175cd3;"), "a")
          .allowAttributes("href")
          .matching(ABSOLUTE)
          .onElements("a")
          .allowUrlProtocols("http", "https", "mailto")
          .toFactory();

  private MailHtml() {}

  static String sanitized(String html) {
    return POLICY.sanitize(html);
  }

  private static ElementPolicy styled(String name, String style) {
    return (ignored, attributes) -> {
      attributes.addAll(List.of("style", style));
      return name;
    };
  }
}
