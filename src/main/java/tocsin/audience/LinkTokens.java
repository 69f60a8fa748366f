package tocsin.audience;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What links and mailboxes end in, so that nobody can make up another's: an id, a version and 112
 * bits of HMAC-SHA256 over them and the one purpose that the token is good for, as 32 letters and
 * digits in lower case.
 */
public final class LinkTokens {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MAC_BYTES = 14;
  private static final int LENGTH = 32;

  /** What a token lets its holder do. */
  public enum Purpose {
    /** Leave; for ever. Of a subscriber, always of version 0. */
    UNSUBSCRIBE('u'),
    /** See and change what a subscriber hears of, as long as the version is theirs. */
    PREFERENCES('p'),
    /** Confirm an opt-in; always of version 0. */
    CONFIRM('c'),
    /** Leave for a whole shared mailbox. Of a subscriber, as long as the version is theirs. */
    LEAVE_LIST('l');

    private final byte mark;

    Purpose(char mark) {
      this.mark = (byte) mark;
    }
  }

  /**
   * What a token names.
   *
   * @param id of a subscriber or an opt-in
   * @param version 0 to 32,767; a token of another version than its subject's is revoked
   */
  public record Link(int id, int version) {
    public Link {
      if (version < 0 || version > Short.MAX_VALUE) {
        throw new IllegalArgumentException("a version of a link is 0 to " + Short.MAX_VALUE);
      }
    }
  }

  /** The first one signs. Never fed themselves: to copy one is cheaper than to look one up. */
  private final List<Mac> keyed;

  /**
   * @param key signs and verifies
   * @param earlier verify as well
   */
  public LinkTokens(byte[] key, byte[]... earlier) {
    this.keyed = Stream.concat(Stream.of(key), Stream.of(earlier)).map(LinkTokens::mac).toList();
  }

  /** Of version 0. */
  public String token(Purpose purpose, int id) {
    return token(purpose, new Link(id, 0));
  }

  public String token(Purpose purpose, Link link) {
    return token(keyed.getFirst(), purpose, link);
  }

  /**
   * Empty for anything that {@link #token} has not made for that purpose with these keys. Relays
   * may have changed the case of its letters.
   */
  public Optional<Link> read(Purpose purpose, String token) {
    if (token.length() != LENGTH) {
      return Optional.empty();
    }
    ByteBuffer claimed;
    try {
      claimed = ByteBuffer.wrap(Base32.octets(token));
    } catch (IllegalArgumentException notBase32) {
      return Optional.empty();
    }
    int id = claimed.getInt();
    int version = claimed.getShort();
    if (version < 0) {
      return Optional.empty();
    }
    Link link = new Link(id, version);
    byte[] given = token.toLowerCase(Locale.ROOT).getBytes(US_ASCII);
    return keyed.stream()
            .anyMatch(
                key -> MessageDigest.isEqual(given, token(key, purpose, link).getBytes(US_ASCII)))
        ? Optional.of(link)
        : Optional.empty();
  }

  private static String token(Mac keyed, Purpose purpose, Link link) {
    byte[] named =
        ByteBuffer.allocate(Integer.BYTES + Short.BYTES)
            .putInt(link.id())
            .putShort((short) link.version())
            .array();
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(purpose.mark);
      mac.update(named);
      return Base32.of(
          ByteBuffer.allocate(named.length + MAC_BYTES)
              .put(named)
              .put(Arrays.copyOf(mac.doFinal(), MAC_BYTES))
              .array());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own " + ALGORITHM + " can be copied", e);
    }
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
