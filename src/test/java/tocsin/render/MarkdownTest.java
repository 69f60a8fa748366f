package tocsin.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownTest {
  private static final Pattern ELEMENT = Pattern.compile("<([a-z0-9]+)");

  @Test
  void keepsWhatAnUpdateNeeds() {
    String html =
        Markdown.html(
            "# One\n\n### Two\n\n**b** *i* `c`\n\n- x\n\n1. y\n\n```\nz\n```\n\n[l](https://a.example/)");

    assertThat(ELEMENT.matcher(html).results().map(found -> found.group(1)).distinct())
        .containsExactlyInAnyOrder(
            "h2", "h3", "p", "strong", "em", "code", "ul", "li", "ol", "pre", "a");
    assertThat(html).contains("href=\"https://a.example/\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,x)",
        "[x](/relative)",
        "![x](https://a.example/pixel.png)",
        "<iframe src=https://a.example></iframe>",
        "<p style='position:fixed' onclick='x()'>x</p>",
        "<style>p{display:none}</style>",
        "<form action=https://a.example><input></form>",
        "[x](https://a.example/\" onmouseover=\"x)"
      })
  void letsNothingElseThrough(String hostile) {
    String html = Markdown.html(hostile);

    assertThat(ELEMENT.matcher(html).results().map(MatchResult::group))
        .isSubsetOf("<p", "<a", "<strong", "<em");
    assertThat(html).doesNotContainPattern("<[^>]*(?:\\son|javascript|data:|relative|position)");
  }

  @Test
  void showsHtmlAsTheTextThatItIs() {
    assertThat(Markdown.html("latency <5 ms in <b>web</b>"))
        .contains("latency &lt;5 ms in &lt;b&gt;web&lt;/b&gt;");
  }

  @Test
  void leavesNoMarkupInPlainText() {
    String text =
        Markdown.text(
            "# Cause\n\n**b** *i* `c` [page](https://a.example/) <https://b.example/>\n\n"
                + "![chart](https://c.example/x.png)\n\n1. one\n2. two");

    assertThat(text)
        .isEqualTo(
            """
            Cause

            b i c page (https://a.example/) https://b.example/

            chart (https://c.example/x.png)

            1. one
            2. two\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "/relative",
        "ftp://a.example/"
      })
  void aLinkThatNobodyMayFollowIsItsWordsAlone(String target) {
    String markdown = "Read [the *notes*](" + target + ") now";

    assertThat(Markdown.text(markdown)).isEqualTo("Read the notes now");
    assertThat(Markdown.html(markdown)).contains(">Read the <em>notes</em> now<");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<div>one\ntwo</div>", "<!channel> one\ntwo>", "<!-- one\ntwo -->"})
  void aBlockOfHtmlIsAParagraphOfText(String block) {
    assertThat(Markdown.text("before\n\n" + block + "\n\nafter"))
        .isEqualTo(
            "before\n\n" + block.replace("<!channel> one\n", "<!channel> one\n\n") + "\n\nafter");
  }

  @Test
  void livesThroughDeepNesting() {
    for (String piece :
        new String[] {"> ", "- ", "*a ", "**a *b ", "[", "![", "`", "<", "1. ", "("}) {
      String hostile = piece.repeat(20_000 / piece.length());

      assertThat(Markdown.html(hostile).length() + Markdown.text(hostile).length())
          .as("repeated <%s>", piece)
          .isBetween(0, 1_000_000);
    }
  }
}
