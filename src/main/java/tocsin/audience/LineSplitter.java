package tocsin.audience;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines ended by LF or CRLF. Skips blank lines, but counts them; drops
 * a byte order mark.
 */
final class LineSplitter {
  /** In bytes, without the line's end. */
  static final int LONGEST = 64 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Consumer<ImportLine> lines;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long number = 1;
  private boolean overlong;

  LineSplitter(Consumer<ImportLine> lines) {
    this.lines = lines;
  }

  void feed(Buffer chunk) {
    byte[] bytes = chunk.getBytes();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i);
        emit();
        start = i + 1;
      }
    }
    append(bytes, start, bytes.length);
  }

  /** What follows the last line end is a line too. */
  void end() {
    emit();
  }

  private void append(byte[] bytes, int from, int to) {
    // one more for the CR that may turn out to be of the line's end
    if (overlong || line.size() + to - from > LONGEST + 1) {
      overlong = true;
      line.reset();
    } else {
      line.write(bytes, from, to - from);
    }
  }

  private void emit() {
    byte[] bytes = withoutEnds(line.toByteArray());
    if (overlong || bytes.length > LONGEST) {
      lines.accept(new ImportLine.Overlong(number));
    } else if (!isBlank(bytes)) {
      lines.accept(new ImportLine.Whole(number, bytes));
    }
    line.reset();
    overlong = false;
    number++;
  }

  private byte[] withoutEnds(byte[] bytes) {
    int from = number == 1 && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    int to = bytes.length;
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    return from == 0 && to == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, to);
  }

  private static boolean startsWithMark(byte[] bytes) {
    int length = BYTE_ORDER_MARK.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
