package tocsin.selfservice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The six digits that prove that somebody reads what is sent to the address of their opt-in. */
public final class OptInCodes {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "opt-in code".getBytes(US_ASCII);
  private static final int CODES = 1_000_000;

  private final SecretKeySpec key;

  /**
   * @param key may sign links too
   */
  public OptInCodes(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  public String code(int optIn) {
    long drawn = ByteBuffer.wrap(mac(optIn)).getLong();
    return String.format(Locale.ROOT, "%06d", Long.remainderUnsigned(drawn, CODES));
  }

  /** In constant time. People may type blanks and hyphens between the digits. */
  public boolean matches(int optIn, String typed) {
    String digits = typed.replaceAll("[\\s-]", "");
    return MessageDigest.isEqual(code(optIn).getBytes(US_ASCII), digits.getBytes(US_ASCII));
  }

  private byte[] mac(int optIn) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(PURPOSE);
      return mac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(optIn).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
