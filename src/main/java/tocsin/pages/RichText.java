package tocsin.pages;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** An update's Markdown as HTML that is safe to stand in a page. */
final class RichText {
  private static final Parser PARSER =
      Parser.builder().maxOpenBlockParsers(20).maxInlineNesting(20).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).softbreak("\n").build();

  /** Headings go below the page's own; links lead away without a word of where from. */
  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements("p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote")
          .allowElements((name, attributes) -> "h4", "h1", "h2", "h3", "h4", "h5", "h6")
          .allowElements("a")
          .allowAttributes("href")
          .onElements("a")
          .allowUrlProtocols("http", "https", "mailto")
          .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
          .toFactory();

  private RichText() {}

  static String html(String markdown) {
    return POLICY.sanitize(RENDERER.render(PARSER.parse(markdown)));
  }
}
