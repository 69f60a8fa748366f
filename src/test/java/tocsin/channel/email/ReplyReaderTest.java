package tocsin.channel.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tocsin.channel.email.ReplyReader.Gibberish;

class ReplyReaderTest {
  private static final String TALK =
      """
      220 mail.example.org
      250-mail.example.org
      250-SIZE 10240000
      250 PIPELINING
      250 2.1.0 Ok
      550-5.1.1 no
      550 5.1.1 such user
      354
      250 größe
      221 bye
      """
          .replace("\n", "\r\n")
          .replace("größe\r\n", "größe\n");
  private static final List<Reply> REPLIES =
      List.of(
          new Reply(220, List.of("mail.example.org")),
          new Reply(250, List.of("mail.example.org", "SIZE 10240000", "PIPELINING")),
          new Reply(250, List.of("2.1.0 Ok")),
          new Reply(550, List.of("5.1.1 no", "5.1.1 such user")),
          new Reply(354, List.of("")),
          new Reply(250, List.of("größe")),
          new Reply(221, List.of("bye")));

  private final List<Reply> replies = new ArrayList<>();
  private final ReplyReader reader = new ReplyReader(replies::add);

  @Test
  void readsTheSameReplyHoweverItIsSplit() throws Exception {
    byte[] talk = TALK.getBytes(StandardCharsets.UTF_8);
    for (int cut = 0; cut <= talk.length; cut++) {
      List<Reply> read = new ArrayList<>();
      ReplyReader split = new ReplyReader(read::add);
      split.read(Buffer.buffer(talk).slice(0, cut));
      split.read(Buffer.buffer(talk).slice(cut, talk.length));
      assertThat(read).as("cut at %d", cut).isEqualTo(REPLIES);
      assertThat(split.isInReply()).isFalse();
    }
  }

  @Test
  void readsTheSameRepliesOctetByOctet() throws Exception {
    for (byte octet : TALK.getBytes(StandardCharsets.UTF_8)) {
      reader.read(Buffer.buffer(new byte[] {octet}));
    }
    assertThat(replies).isEqualTo(REPLIES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n",
        "\r\n",
        "25\r\n",
        "250_ok\r\n",
        "2500 ok\r\n",
        "150 mark\r\n",
        "650 what\r\n",
        "25a ok\r\n",
        "250-one\r\n251 two\r\n",
        "HTTP/1.1 400 Bad Request\r\n"
      })
  void takesNothingElseForAReply(String talk) {
    assertThatThrownBy(() -> reader.read(Buffer.buffer(talk))).isInstanceOf(Gibberish.class);
    assertThat(replies).isEmpty();
  }

  @Test
  void readsNoEndlessLine() {
    assertThatThrownBy(() -> reader.read(Buffer.buffer("250 " + "x".repeat(2_000))))
        .isInstanceOf(Gibberish.class);
  }

  @Test
  void readsNoEndlessReply() {
    assertThatThrownBy(() -> reader.read(Buffer.buffer("250-more\r\n".repeat(101))))
        .isInstanceOf(Gibberish.class);
  }

  @Test
  void knowsThatAReplyHasNotComeToItsEnd() throws Exception {
    reader.read(Buffer.buffer("250-one\r\n"));
    assertThat(reader.isInReply()).isTrue();
    reader.read(Buffer.buffer("250 two\r\n"));
    assertThat(reader.isInReply()).isFalse();
  }
}
