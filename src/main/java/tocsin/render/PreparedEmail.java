package tocsin.render;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tocsin.audience.DeliveryId;

/** A mail of one update, locale and zone, lacking only what differs between recipients. */
public final class PreparedEmail implements Prepared {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int LONGEST_TOKEN = 75;

  /** What quoted-printable and URLs leave alone, short enough for one line. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,74}");

  /** Of any address: 64 before the at sign and 255 behind it (RFC 5321, 4.5.3.1). */
  private static final int LONGEST_RECIPIENT = 320;

  private final List<byte[]> literals;
  private final List<Slot> slots;
  private final int size;
  private final boolean ascii;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Dated(long second, byte[] octets) {}

  private volatile Dated lastDate = new Dated(-1, new byte[0]);

  /**
   * A literal, a slot, a literal, and so on; one more literal than slots.
   *
   * @throws IllegalArgumentException if some content of the slots made a line that SMTP cannot
   *     carry
   */
  PreparedEmail(List<byte[]> literals, List<Slot> slots) {
    this.literals = List.copyOf(literals);
    this.slots = List.copyOf(slots);
    this.size = literals.stream().mapToInt(piece -> piece.length).sum();
    this.ascii = literals.stream().allMatch(WireLines::isAscii);
    WireLines.require(
        with(
                octets("x".repeat(LONGEST_RECIPIENT)),
                octets("x".repeat(LONGEST_TOKEN)),
                octets("x".repeat(LONGEST_TOKEN)),
                octets(DATE.format(Instant.EPOCH)))
            .toByteArray());
  }

  /**
   * The mail to one recipient.
   *
   * @param recipient in at most 320 octets
   * @param unsubscribeToken 1 to 75 of {@code A-Za-z0-9._~-}, the first no dot
   * @param now for the Date header
   */
  public MailOctets patched(String recipient, DeliveryId id, String unsubscribeToken, Instant now) {
    if (!TOKEN.matcher(unsubscribeToken).matches()) {
      throw new IllegalArgumentException("a token of an unsubscribe link: " + TOKEN);
    }
    byte[] address = octets(SafeText.line(recipient));
    if (address.length > LONGEST_RECIPIENT) {
      throw new IllegalArgumentException("an address of " + address.length + " octets");
    }
    return with(address, octets(id.toString()), octets(unsubscribeToken), date(now));
  }

  private MailOctets with(byte[] address, byte[] messageId, byte[] token, byte[] date) {
    List<byte[]> pieces = new ArrayList<>(2 * slots.size() + 1);
    int filled = size;
    for (int i = 0; i < slots.size(); i++) {
      byte[] content =
          switch (slots.get(i)) {
            case RECIPIENT -> address;
            case MESSAGE_ID -> messageId;
            case TOKEN -> token;
            case DATE -> date;
          };
      pieces.add(literals.get(i));
      pieces.add(content);
      filled += content.length;
    }
    pieces.add(literals.getLast());
    return new MailOctets(pieces, filled, ascii && WireLines.isAscii(address));
  }

  /** Without what goes into the slots. */
  int size() {
    return size;
  }

  private byte[] date(Instant now) {
    Dated last = lastDate;
    if (last.second() != now.getEpochSecond()) {
      last = new Dated(now.getEpochSecond(), octets(DATE.format(now)));
      lastDate = last;
    }
    return last.octets();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
