package tocsin.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** How the end of a body is told, truthfully or not. */
enum Framing {
  LENGTH,
  CHUNKED,
  LENGTH_CUT,
  CHUNKED_CUT,
  CHUNK_SIZE_BROKEN,
  CHUNK_TOO_LONG,
  LENGTH_AND_CHUNKED;

  private static final int CHUNK = 7_000;

  /** The sender falls silent for good before it is over. */
  boolean endsEarly() {
    return this == LENGTH_CUT || this == CHUNKED_CUT || this == CHUNK_TOO_LONG;
  }

  String header(int length) {
    return switch (this) {
      case LENGTH -> "Content-Length: " + length + "\r\n";
      case LENGTH_CUT -> "Content-Length: " + (length + 10) + "\r\n";
      case CHUNKED, CHUNKED_CUT, CHUNK_SIZE_BROKEN, CHUNK_TOO_LONG ->
          "Transfer-Encoding: chunked\r\n";
      case LENGTH_AND_CHUNKED -> "Content-Length: " + length + "\r\nTransfer-Encoding: chunked\r\n";
    };
  }

  void write(byte[] body, ByteArrayOutputStream out) {
    switch (this) {
      case LENGTH, LENGTH_CUT -> out.writeBytes(body);
      case CHUNKED, LENGTH_AND_CHUNKED -> {
        chunks(body, out);
        text("0\r\n\r\n", out);
      }
      case CHUNKED_CUT -> chunks(body, out);
      case CHUNK_SIZE_BROKEN -> {
        chunks(body, out);
        text("zz\r\nabc\r\n", out);
      }
      case CHUNK_TOO_LONG -> text("7fffffff\r\nabc", out);
    }
  }

  private static void chunks(byte[] body, ByteArrayOutputStream out) {
    for (int at = 0; at < body.length; at += CHUNK) {
      int length = Math.min(CHUNK, body.length - at);
      text(Integer.toHexString(length).toUpperCase(Locale.ROOT) + "\r\n", out);
      out.write(body, at, length);
      text("\r\n", out);
    }
  }

  private static void text(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(ISO_8859_1));
  }
}
