package tocsin.render;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** Writes a Markdown document in another notation. */
record Notated(Notation notation) {
  private static final String RULE = "\u2014\u2014\u2014";

  String of(Node document) {
    return blocks(document, "\n\n").strip();
  }

  private String blocks(Node parent, String between) {
    List<String> blocks = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      String block = block(child);
      if (!block.isBlank()) {
        blocks.add(block);
      }
    }
    return String.join(between, blocks);
  }

  private String block(Node node) {
    return switch (node) {
      case Paragraph paragraph -> inlines(paragraph);
      case Heading heading -> notation.strong(inlines(heading));
      case BulletList list -> items(list, 0);
      case OrderedList list -> items(list, first(list));
      case BlockQuote quote -> notation.quote(blocks(quote, "\n\n"));
      case FencedCodeBlock code -> notation.codeBlock(code.getLiteral().strip());
      case IndentedCodeBlock code -> notation.codeBlock(code.getLiteral().strip());
      case HtmlBlock html -> notation.text(html.getLiteral().strip());
      case ThematicBreak rule -> RULE;
      default -> blocks(node, "\n");
    };
  }

  private static int first(OrderedList list) {
    Integer start = list.getMarkerStartNumber();
    return start == null ? 1 : Math.max(1, start);
  }

  /**
   * @param first number; 0 for bullets
   */
  private String items(Node list, int first) {
    List<String> items = new ArrayList<>();
    int number = first;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      String mark = first == 0 ? notation.bullet() : number + ". ";
      number++;
      items.add(mark + blocks(item, "\n").replace("\n", "\n    "));
    }
    return String.join("\n", items);
  }

  private String inlines(Node parent) {
    StringBuilder inlines = new StringBuilder();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      inlines.append(inline(child));
    }
    return inlines.toString();
  }

  private String inline(Node node) {
    return switch (node) {
      case Text text -> notation.text(text.getLiteral());
      case SoftLineBreak end -> "\n";
      case HardLineBreak end -> "\n";
      case StrongEmphasis strong -> notation.strong(inlines(strong));
      case Emphasis emphasis -> notation.emphasis(inlines(emphasis));
      case Code code -> notation.code(code.getLiteral());
      case HtmlInline html -> notation.text(html.getLiteral());
      case Link link -> link(inlines(link), link.getDestination());
      case Image image -> link(inlines(image), image.getDestination());
      default -> inlines(node);
    };
  }

  private String link(String words, String target) {
    return notation.link(words.isBlank() ? notation.text(target) : words, target);
  }
}
