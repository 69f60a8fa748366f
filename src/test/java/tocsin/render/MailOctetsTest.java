package tocsin.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.incident.Status;

class MailOctetsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no end",
        ".dot\r\n",
        "a\r\n.\r\n",
        "a\r\n..b\r\n",
        "bare\nline feed\r\n",
        "bare\rreturn\r\n",
        "a\r\r\n",
        "a\n\r\n",
        "a\r\n\r",
        "a\r\nb"
      })
  void takeNoLineThatSmtpWouldChange(String content) {
    assertThatThrownBy(() -> MailOctets.of(content.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takeLinesOf998OctetsAndNoMore() {
    String longest = "é".repeat(499) + "\r\n";

    assertThat(MailOctets.of(longest.getBytes(UTF_8)).size()).isEqualTo(1000);
    assertThatThrownBy(() -> MailOctets.of(("x" + longest).getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowWhetherTheyAreAscii() {
    assertThat(MailOctets.of("a\r\n".getBytes(UTF_8)).isAscii()).isTrue();
    assertThat(MailOctets.of("ä\r\n".getBytes(UTF_8)).isAscii()).isFalse();
    assertThat(
            prepared("Words")
                .patched("a@example.org", Received.ID, Received.tokens("t"), Updates.ACCEPTED))
        .returns(true, MailOctets::isAscii);
    assertThat(
            prepared("Wörter")
                .patched("a@example.org", Received.ID, Received.tokens("t"), Updates.ACCEPTED))
        .returns(true, MailOctets::isAscii);
    assertThat(
            prepared("Words")
                .patched("jörg@example.org", Received.ID, Received.tokens("t"), Updates.ACCEPTED))
        .returns(false, MailOctets::isAscii);
  }

  @Test
  void areTheSamePieceByPieceAndAsAWhole() {
    MailOctets octets =
        prepared("Words")
            .patched("jörg@example.org", Received.ID, Received.tokens("t"), Updates.ACCEPTED);
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();

    octets.forEachPiece(pieces::writeBytes);

    assertThat(pieces.toByteArray()).isEqualTo(octets.toByteArray()).hasSize(octets.size());
  }

  @ParameterizedTest
  @MethodSource("dottedLines")
  void quotedPrintableLosesItsLeadingDots(String encoded, String undotted) {
    assertThat(WireLines.undotted(encoded)).isEqualTo(undotted);
  }

  static Stream<Object[]> dottedLines() {
    return Stream.of(
        new Object[] {"a\r\n.\r\n", "a\r\n=2E\r\n"},
        new Object[] {"a.b\r\n..b=\r\n.", "a.b\r\n=2E.b=\r\n=2E"},
        new Object[] {"\r\n." + "x".repeat(73) + "\r\n", "\r\n=2E" + "x".repeat(73) + "\r\n"},
        new Object[] {"\r\n." + "x".repeat(75) + "\r\n", "\r\n=2E=\r\n" + "x".repeat(75) + "\r\n"},
        new Object[] {"\r\n.." + "x".repeat(73), "\r\n=2E=\r\n=2E" + "x".repeat(73)});
  }

  @Test
  void ofAnyUpdateAreFitForTheWire() {
    String dots = (".".repeat(200) + " .a ..b\n\n.\n\n" + "x".repeat(75) + ".\n").repeat(20);

    byte[] whole =
        prepared(dots)
            .patched("a@example.org", Received.ID, Received.tokens("t"), Updates.ACCEPTED)
            .toByteArray();

    assertThat(MailOctets.of(whole).size()).isEqualTo(whole.length);
    assertThat(new String(whole, UTF_8)).contains("\r\n=2E");
  }

  private static PreparedEmail prepared(String body) {
    return Updates.renderer()
        .email(Updates.of(Status.IDENTIFIED, "Trouble", body), Updates.NAMES, "en", ZoneOffset.UTC);
  }
}
