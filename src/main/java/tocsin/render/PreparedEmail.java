package tocsin.render;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tocsin.audience.DeliveryId;

/** A mail of one update, locale and zone, lacking only what differs between recipients. */
public final class PreparedEmail implements Prepared {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** What quoted-printable and URLs leave alone, short enough for one line. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{1,75}");

  private final List<byte[]> literals;
  private final List<Slot> slots;

  /** A literal, a slot, a literal, and so on; one more literal than slots. */
  PreparedEmail(List<byte[]> literals, List<Slot> slots) {
    this.literals = List.copyOf(literals);
    this.slots = List.copyOf(slots);
  }

  /**
   * The mail to one recipient: the whole MIME message, CRLF line ends.
   *
   * @param unsubscribeToken 1 to 75 of {@code A-Za-z0-9._~-}
   * @param now for the Date header
   */
  public byte[] patched(String recipient, DeliveryId id, String unsubscribeToken, Instant now) {
    if (!TOKEN.matcher(unsubscribeToken).matches()) {
      throw new IllegalArgumentException("a token of an unsubscribe link: " + TOKEN);
    }
    Map<Slot, byte[]> values = new EnumMap<>(Slot.class);
    values.put(Slot.RECIPIENT, octets(SafeText.line(recipient)));
    values.put(Slot.MESSAGE_ID, octets(id.toString()));
    values.put(Slot.DATE, octets(DATE.format(now)));
    values.put(Slot.TOKEN, octets(unsubscribeToken));
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      pieces.add(literals.get(i));
      pieces.add(Objects.requireNonNull(values.get(slots.get(i))));
    }
    pieces.add(literals.getLast());
    return joined(pieces);
  }

  /** Without what goes into the slots. */
  int size() {
    return size(literals);
  }

  private static int size(List<byte[]> pieces) {
    return pieces.stream().mapToInt(piece -> piece.length).sum();
  }

  private static byte[] joined(List<byte[]> pieces) {
    byte[] whole = new byte[size(pieces)];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
