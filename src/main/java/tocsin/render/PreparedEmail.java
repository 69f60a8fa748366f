package tocsin.render;

import static tocsin.render.SlotContents.octets;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;

/** A mail as one locale and zone reads it, lacking only what differs between recipients. */
public final class PreparedEmail implements Prepared {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Of any address: 64 before the at sign and 255 behind it (RFC 5321, 4.5.3.1). */
  private static final int LONGEST_RECIPIENT = 320;

  private final Slotted mail;
  private final @Nullable DkimTemplate dkim;
  private final int size;
  private final boolean ascii;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Dated(long second, byte[] octets) {}

  private volatile Dated lastDate = new Dated(-1, new byte[0]);

  /**
   * @param mail octets as ISO-8859-1, with the signs of the slots
   * @param wanted slots that it has at least
   * @param signer null: mails are not signed here
   * @throws IllegalArgumentException if some content of the slots made a line that SMTP cannot
   *     carry
   */
  PreparedEmail(String mail, Set<Slot> wanted, @Nullable DkimSigner signer) {
    this.mail = Slotted.of(mail);
    Set<Slot> missing = this.mail.missing(wanted);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("a mail without the slots " + missing);
    }
    this.dkim = signer == null ? null : DkimTemplate.of(signer, mail);
    this.size = this.mail.size();
    this.ascii = this.mail.isAscii();
    byte[] longest = octets("x".repeat(MailTokens.LONGEST));
    byte[] recipient = octets("x".repeat(LONGEST_RECIPIENT));
    WireLines.require(
        filled(
                new SlotContents(recipient, longest, longest, longest, longest, longest),
                Instant.EPOCH)
            .toByteArray());
  }

  /**
   * The mail to one recipient.
   *
   * @param recipient in at most 320 octets
   * @param now for the Date header
   */
  public MailOctets patched(String recipient, DeliveryId id, MailTokens tokens, Instant now) {
    return filled(
        new SlotContents(
            address(recipient),
            octets(id.toString()),
            octets(Integer.toString(id.subscriber(), 36)),
            date(now),
            octets(tokens.unsubscribe()),
            octets(tokens.preferences())),
        now);
  }

  /**
   * The mail to one person, who is in no thread and on no list.
   *
   * @param id of the message, unique, without the domain
   */
  MailOctets addressed(String recipient, String id, Instant now) {
    byte[] nothing = new byte[0];
    return filled(
        new SlotContents(address(recipient), octets(id), nothing, date(now), nothing, nothing),
        now);
  }

  private static byte[] address(String recipient) {
    byte[] address = octets(SafeText.line(recipient));
    if (address.length > LONGEST_RECIPIENT) {
      throw new IllegalArgumentException("an address of " + address.length + " octets");
    }
    return address;
  }

  private MailOctets filled(SlotContents contents, Instant now) {
    List<byte[]> pieces = new ArrayList<>(2 * mail.slots().size() + 2);
    int filled = size;
    if (dkim != null) {
      byte[] signatures = dkim.signatures(contents, now);
      pieces.add(signatures);
      filled += signatures.length;
    }
    mail.fill(contents, pieces::add);
    for (Slot slot : mail.slots()) {
      filled += contents.of(slot).length;
    }
    return new MailOctets(pieces, filled, ascii && WireLines.isAscii(contents.recipient()));
  }

  /** Whether each mail is signed on its own, which takes far longer than all the rest of it. */
  public boolean isSigned() {
    return dkim != null;
  }

  /** Without what goes into the slots, and without signatures. */
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
}
