package tocsin.channel.email;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts what a server says into replies, however it arrives. Takes a bare LF for a line end, as
 * servers are seen to send it.
 */
final class ReplyReader {
  private static final int LONGEST_LINE = 2_000;
  private static final int MOST_LINES = 100;

  private final Consumer<Reply> replies;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
  private final List<String> earlier = new ArrayList<>();
  private int code;

  /** What is no reply; whatever follows it cannot be understood. */
  static final class Gibberish extends Exception {
    private static final long serialVersionUID = 1;

    private final String words;

    Gibberish(String words) {
      super(words);
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  ReplyReader(Consumer<Reply> replies) {
    this.replies = replies;
  }

  void read(Buffer arrived) throws Gibberish {
    byte[] octets = arrived.getBytes();
    int from = 0;
    for (int i = 0; i < octets.length; i++) {
      if (octets[i] == '\n') {
        endLine(joined(octets, from, i));
        from = i + 1;
      }
    }
    keep(octets, from);
  }

  /** What had come of the line before, and this. */
  private String joined(byte[] octets, int from, int to) throws Gibberish {
    if (line.size() + to - from > LONGEST_LINE) {
      throw tooLong();
    }
    if (line.size() == 0) {
      return new String(octets, from, to - from, StandardCharsets.UTF_8);
    }
    line.write(octets, from, to - from);
    String whole = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return whole;
  }

  private void keep(byte[] octets, int from) throws Gibberish {
    if (line.size() + octets.length - from > LONGEST_LINE) {
      throw tooLong();
    }
    line.write(octets, from, octets.length - from);
  }

  private static Gibberish tooLong() {
    return new Gibberish("a line of more than " + LONGEST_LINE + " octets");
  }

  /** Whether a part of a reply is there that has not come to its end. */
  boolean isInReply() {
    return line.size() > 0 || !earlier.isEmpty();
  }

  private void endLine(String whole) throws Gibberish {
    String text = whole.stripTrailing();
    int read = code(text);
    if (!earlier.isEmpty() && read != code) {
      throw new Gibberish("a reply of two codes, " + code + " and " + read);
    }
    code = read;
    String words = text.length() > 4 ? text.substring(4) : "";
    if (text.length() > 3 && text.charAt(3) == '-') {
      if (earlier.size() == MOST_LINES) {
        throw new Gibberish("a reply of more than " + MOST_LINES + " lines");
      }
      earlier.add(words);
    } else if (earlier.isEmpty()) {
      replies.accept(new Reply(code, List.of(words)));
    } else {
      earlier.add(words);
      Reply reply = new Reply(code, List.copyOf(earlier));
      earlier.clear();
      replies.accept(reply);
    }
  }

  private static int code(String text) throws Gibberish {
    boolean wellFormed =
        text.length() >= 3
            && text.charAt(0) >= '2'
            && text.charAt(0) <= '5'
            && isDigit(text.charAt(1))
            && isDigit(text.charAt(2))
            && (text.length() == 3 || text.charAt(3) == ' ' || text.charAt(3) == '-');
    if (!wellFormed) {
      throw new Gibberish("no reply of a mail server");
    }
    return (text.charAt(0) - '0') * 100 + (text.charAt(1) - '0') * 10 + text.charAt(2) - '0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
