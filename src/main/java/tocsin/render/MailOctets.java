package tocsin.render;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/**
 * A whole MIME message as it may go through {@code DATA} and through {@code BDAT} alike: every line
 * ends with CRLF, which stands nowhere else, begins with no dot, and has at most 998 octets. Most
 * octets are shared with the other mails of one update.
 */
public final class MailOctets {
  private final List<byte[]> pieces;
  private final int size;
  private final boolean ascii;

  /** Of pieces that make such a message together; not copied. */
  MailOctets(List<byte[]> pieces, int size, boolean ascii) {
    this.pieces = pieces;
    this.size = size;
    this.ascii = ascii;
  }

  /**
   * Of octets that are at hand; not copied.
   *
   * @throws IllegalArgumentException if they are no such message
   */
  public static MailOctets of(byte[] octets) {
    WireLines.require(octets);
    return new MailOctets(List.of(octets), octets.length, WireLines.isAscii(octets));
  }

  /** Of the whole message. */
  public int size() {
    return size;
  }

  /** Whether no octet is above 127, neither in the headers nor in the body. */
  public boolean isAscii() {
    return ascii;
  }

  /** In order; whoever takes a piece may not change it. */
  public void forEachPiece(Consumer<byte[]> taker) {
    for (byte[] piece : pieces) {
      taker.accept(piece);
    }
  }

  public void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  public byte[] toByteArray() {
    byte[] whole = new byte[size];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }
}
