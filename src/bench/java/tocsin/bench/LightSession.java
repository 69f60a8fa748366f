package tocsin.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One conversation of the light mail server. Knows just what clients say who do not err: four
 * letters tell a command.
 */
final class LightSession {
  private static final byte[] OK = octets("250 ok\r\n");
  private static final byte[] GO_ON = octets("354 go on\r\n");
  private static final byte[] BYE = octets("221 bye\r\n");
  private static final byte[] END = octets("\r\n.\r\n");

  private enum State {
    COMMAND,
    CONTENT,
    CHUNK,
    OVER
  }

  private final SocketChannel socket;
  private final AtomicLong octets;
  private final byte[] hello;
  private final byte[] line = new byte[512];
  private final ByteBuffer in = ByteBuffer.allocate(64 << 10);
  private final ByteBuffer out = ByteBuffer.allocate(64 << 10);
  private State state = State.COMMAND;
  private int length;

  /** Octets of the end of a content that have come, or of a chunk that have not. */
  private int progress;

  LightSession(SocketChannel socket, String extensions, AtomicLong octets) {
    this.socket = socket;
    this.octets = octets;
    this.hello = octets("250-sink\r\n250-" + extensions + "\r\n250 8BITMIME\r\n");
  }

  void greet() throws IOException {
    out.put(octets("220 sink\r\n"));
    flush();
  }

  /** Takes what has come; false when the conversation is over. */
  boolean goOn() throws IOException {
    int read = socket.read(in.clear());
    if (read < 0) {
      return false;
    }
    byte[] buffer = in.array();
    int at = 0;
    while (at < read) {
      at =
          switch (state) {
            case CONTENT -> content(buffer, at, read);
            case CHUNK -> chunk(at, read);
            default -> command(buffer, at, read);
          };
    }
    flush();
    return state != State.OVER;
  }

  private int command(byte[] buffer, int from, int to) {
    int at = from;
    while (at < to) {
      byte octet = buffer[at++];
      if (octet == '\n') {
        obey();
        length = 0;
        return at;
      }
      if (length < line.length) {
        line[length++] = octet;
      }
    }
    return at;
  }

  private void obey() {
    String command = new String(line, 0, Math.min(length, 40), StandardCharsets.ISO_8859_1);
    switch (command.substring(0, Math.min(4, command.length()))) {
      case "EHLO" -> out.put(hello);
      case "DATA" -> {
        state = State.CONTENT;
        // a content may begin with its end
        progress = 2;
        out.put(GO_ON);
      }
      case "BDAT" -> {
        state = State.CHUNK;
        progress = Integer.parseInt(command.split(" ", 3)[1]);
      }
      case "QUIT" -> {
        state = State.OVER;
        out.put(BYE);
      }
      default -> out.put(OK);
    }
  }

  private int content(byte[] buffer, int from, int to) {
    int matched = progress;
    for (int at = from; at < to; at++) {
      byte octet = buffer[at];
      if (octet == END[matched]) {
        matched++;
        if (matched == END.length) {
          taken(at + 1 - from);
          return at + 1;
        }
      } else {
        matched = octet == '\r' ? 1 : 0;
      }
    }
    progress = matched;
    octets.addAndGet(to - from);
    return to;
  }

  private int chunk(int from, int to) {
    int part = Math.min(progress, to - from);
    progress -= part;
    if (progress == 0) {
      taken(part);
    } else {
      octets.addAndGet(part);
    }
    return from + part;
  }

  private void taken(int part) {
    octets.addAndGet(part);
    state = State.COMMAND;
    out.put(OK);
  }

  /** What clients do not read at once is kept for the next time; they wait for it. */
  private void flush() throws IOException {
    socket.write(out.flip());
    out.compact();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
