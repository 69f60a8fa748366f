package tocsin.render;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/** The words of an update in the three forms in which readers and machines take them. */
final class Markdown {
  private static final Parser PARSER =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .maxOpenBlockParsers(20)
          .maxInlineNesting(20)
          .build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).softbreak("\n").build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS).build();

  private Markdown() {}

  /** Safe to stand in a mail as it is. */
  static String html(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new ImagesAsLinks());
    document.accept(new LinksToNowhereAsWords());
    return MailHtml.sanitized(HTML.render(document)).strip();
  }

  /** Without any markup; a link's target stands in parentheses after its words. */
  static String text(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new ImagesAsLinks());
    document.accept(new LinksToNowhereAsWords());
    document.accept(new MarkupAsText());
    return TEXT.render(document).strip();
  }

  /** As some other reader writes it. */
  static String in(Notation notation, String markdown) {
    return new Notated(notation).of(PARSER.parse(markdown));
  }

  /** In order; the bodies are Markdown still. */
  static List<Section> sections(String markdown) {
    Node document = PARSER.parse(markdown);
    List<Section> sections = new ArrayList<>();
    String heading = "";
    int start = 0;
    for (Node block = document.getFirstChild(); block != null; block = block.getNext()) {
      if (block instanceof Heading) {
        SourceSpan first = block.getSourceSpans().getFirst();
        SourceSpan last = block.getSourceSpans().getLast();
        add(sections, heading, markdown.substring(start, first.getInputIndex()));
        heading = TEXT.render(block).strip();
        start = last.getInputIndex() + last.getLength();
      }
    }
    add(sections, heading, markdown.substring(start));
    return sections;
  }

  private static void add(List<Section> sections, String heading, String body) {
    if (!heading.isEmpty() || !body.isBlank()) {
      sections.add(new Section(heading, body.strip()));
    }
  }

  private static final class ImagesAsLinks extends AbstractVisitor {
    @Override
    public void visit(Image image) {
      visitChildren(image);
      Link link = new Link(image.getDestination(), null);
      takeChildren(image, link);
      if (link.getFirstChild() == null) {
        link.appendChild(new Text(image.getDestination()));
      }
      image.insertAfter(link);
      image.unlink();
    }
  }

  private static final class LinksToNowhereAsWords extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      visitChildren(link);
      if (!WebTarget.isFollowed(link.getDestination())) {
        while (link.getFirstChild() != null) {
          link.insertBefore(link.getFirstChild());
        }
        link.unlink();
      }
    }
  }

  private static final class MarkupAsText extends AbstractVisitor {
    @Override
    public void visit(HtmlBlock html) {
      Paragraph lines = new Paragraph();
      html.getLiteral()
          .lines()
          .forEach(line -> {
            if (lines.getFirstChild() != null) {
              lines.appendChild(new SoftLineBreak());
            }
            lines.appendChild(new Text(line));
          });
      html.insertAfter(lines);
      html.unlink();
    }

    @Override
    public void visit(Code code) {
      code.insertAfter(new Text(code.getLiteral()));
      code.unlink();
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      Node words = new Emphasis();
      boolean bare =
          link.getFirstChild() instanceof Text text
              && text.getLiteral().equals(link.getDestination());
      takeChildren(link, words);
      if (!bare) {
        words.appendChild(new Text(" (" + link.getDestination() + ")"));
      }
      link.insertAfter(words);
      link.unlink();
    }
  }

  private static void takeChildren(Node from, Node to) {
    while (from.getFirstChild() != null) {
      to.appendChild(from.getFirstChild());
    }
  }
}
