package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a subscriber in a link or a mailbox so that nobody can name another: the id and 128 bits of
 * HMAC-SHA256 over it, as 32 letters and digits in lower case. Good for unsubscribing only.
 */
public final class UnsubscribeTokens {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte PURPOSE = 'u';
  private static final int MAC_BYTES = 16;
  private static final int LENGTH = 32;

  /** Never fed itself: to copy it is cheaper than to look one up. */
  private final Mac keyed;

  public UnsubscribeTokens(byte[] key) {
    try {
      this.keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  public String token(int subscriber) {
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + MAC_BYTES)
            .putInt(subscriber)
            .put(mac(subscriber))
            .array();
    return Base32.of(bytes);
  }

  /**
   * Empty for anything that {@link #token} has not made with this key. Relays may have changed the
   * case of its letters.
   */
  public OptionalInt subscriber(String token) {
    if (token.length() != LENGTH) {
      return OptionalInt.empty();
    }
    int claimed;
    try {
      claimed = ByteBuffer.wrap(Base32.octets(token)).getInt();
    } catch (IllegalArgumentException notBase32) {
      return OptionalInt.empty();
    }
    String lower = token.toLowerCase(Locale.ROOT);
    return MessageDigest.isEqual(lower.getBytes(UTF_8), token(claimed).getBytes(UTF_8))
        ? OptionalInt.of(claimed)
        : OptionalInt.empty();
  }

  private byte[] mac(int subscriber) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(PURPOSE);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(subscriber).flip());
      return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own " + ALGORITHM + " can be copied", e);
    }
  }
}
