package tocsin.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is left of an address when it is erased: HMAC-SHA256 of its channel and key, by which it can
 * be known again and not be read.
 */
public final class AddressHash {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  public AddressHash(byte[] key) {
    try {
      this.keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  public byte[] of(Address address) {
    return of(address.channel(), address.key());
  }

  byte[] of(Channel channel, String key) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update((channel.word() + ':' + key).getBytes(UTF_8));
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own " + ALGORITHM + " can be copied", e);
    }
  }
}
