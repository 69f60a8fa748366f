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

  /** What quoted-printable and URLs leave alone, short enough for one line. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{1,75}");

  private final List<byte[]> literals;
  private final List<Slot> slots;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Dated(long second, byte[] octets) {}

  private volatile Dated lastDate = new Dated(-1, new byte[0]);

  /** A literal, a slot, a literal, and so on; one more literal than slots. */
  PreparedEmail(List<byte[]> literals, List<Slot> slots) {
    this.literals = List.copyOf(literals);
    this.slots = List.copyOf(slots);
  }

  /**
   * The mail to one recipient.
   *
   * @param unsubscribeToken 1 to 75 of {@code A-Za-z0-9._~-}
   * @param now for the Date header
   */
  public MailOctets patched(String recipient, DeliveryId id, String unsubscribeToken, Instant now) {
    if (!TOKEN.matcher(unsubscribeToken).matches()) {
      throw new IllegalArgumentException("a token of an unsubscribe link: " + TOKEN);
    }
    byte[] address = octets(SafeText.line(recipient));
    byte[] messageId = octets(id.toString());
    byte[] token = octets(unsubscribeToken);
    List<byte[]> pieces = new ArrayList<>(2 * slots.size() + 1);
    for (int i = 0; i < slots.size(); i++) {
      pieces.add(literals.get(i));
      pieces.add(
          switch (slots.get(i)) {
            case RECIPIENT -> address;
            case MESSAGE_ID -> messageId;
            case TOKEN -> token;
            case DATE -> date(now);
          });
    }
    pieces.add(literals.getLast());
    return new MailOctets(pieces);
  }

  /** Without what goes into the slots. */
  int size() {
    return literals.stream().mapToInt(piece -> piece.length).sum();
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
