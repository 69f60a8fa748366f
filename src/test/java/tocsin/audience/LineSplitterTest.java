package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

  @Test
  void linesAreTheSameHoweverTheChunksFall() {
    byte[] file = "\ufeff{\"ä\":1}\r\n\r\n  \n{\"b\":2}\n\n{\"c\":3}".getBytes(UTF_8);
    for (int first = 0; first <= file.length; first++) {
      for (int second = first; second <= file.length; second++) {
        assertThat(split(file, first, second))
            .as("cut at %d and %d", first, second)
            .containsExactly("1 {\"ä\":1}", "4 {\"b\":2}", "6 {\"c\":3}");
      }
    }
  }

  @Test
  void anOverlongLineDoesNotEndTheFile() {
    String longest = "x".repeat(LineSplitter.LONGEST);
    byte[] file = ("a\n" + longest + "y\nb\r\n" + longest + "\r\nc").getBytes(UTF_8);
    for (int cut = 0; cut <= file.length; cut += 1_021) {
      assertThat(split(file, cut, cut))
          .containsExactly("1 a", "2 overlong", "3 b", "4 " + longest, "5 c");
    }
  }

  @Test
  void anEndlessLineIsNotKept() {
    var lines = new ArrayList<ImportLine>();
    var splitter = new LineSplitter(lines::add);
    Buffer chunk = Buffer.buffer("x".repeat(65_536));
    for (int i = 0; i < 10_000; i++) {
      splitter.feed(chunk);
    }
    splitter.end();
    assertThat(lines).containsExactly(new ImportLine.Overlong(1));
  }

  private static List<String> split(byte[] file, int first, int second) {
    var lines = new ArrayList<String>();
    var splitter = new LineSplitter(line -> lines.add(print(line)));
    Buffer all = Buffer.buffer(file);
    splitter.feed(all.getBuffer(0, first));
    splitter.feed(all.getBuffer(first, second));
    splitter.feed(all.getBuffer(second, file.length));
    splitter.end();
    return lines;
  }

  private static String print(ImportLine line) {
    return switch (line) {
      case ImportLine.Whole whole -> whole.number() + " " + new String(whole.bytes(), UTF_8);
      case ImportLine.Overlong overlong -> overlong.number() + " overlong";
    };
  }
}
