package tocsin.render;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A whole MIME message, CRLF line ends; most of its octets are shared with the other mails. */
public final class MailOctets {
  private final List<byte[]> pieces;

  MailOctets(List<byte[]> pieces) {
    this.pieces = pieces;
  }

  /** Of octets that are at hand; not copied. */
  public static MailOctets of(byte[] octets) {
    return new MailOctets(List.of(octets));
  }

  public void writeTo(OutputStream out) throws IOException {
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }

  public byte[] toByteArray() {
    byte[] whole = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }
}
