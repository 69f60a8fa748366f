package tocsin.channel.webhook;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An endpoint's secret, {@code whsec_} and 24 to 64 bytes of base64 (Standard Webhooks); signs
 * {@code v1}.
 */
public final class WebhookSecret implements SigningKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final int GENERATED = 32;

  /** Never keyed: to copy it costs less than to look one up. */
  private static final Mac PROTOTYPE = prototype();

  private final byte[] key;

  /** Keyed, and copied for each use. */
  private final Mac keyed;

  private WebhookSecret(byte[] key) {
    this.key = key;
    this.keyed = keyed(key);
  }

  /**
   * Strict: the standard alphabet, padded, in the one canonical form. Empty for anything else, also
   * for keys that are too short or too long.
   */
  public static Optional<WebhookSecret> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      boolean sized = key.length >= SHORTEST && key.length <= LONGEST;
      return sized && text(key).equals(text)
          ? Optional.of(new WebhookSecret(key))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** 32 fresh bytes; the generator must be cryptographically strong. */
  public static WebhookSecret generate(RandomGenerator random) {
    byte[] key = new byte[GENERATED];
    random.nextBytes(key);
    return new WebhookSecret(key);
  }

  /** The form that is stored, and shown once. */
  public String text() {
    return text(key);
  }

  @Override
  public String signature(String id, Instant at, byte[] body) {
    Mac mac = copy();
    mac.update(SigningKey.head(id, at));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }

  private Mac copy() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException noCopies) {
      return keyed(key);
    }
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = (Mac) PROTOTYPE.clone();
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException | CloneNotSupportedException missing) {
      throw new IllegalStateException("every JDK has an " + ALGORITHM + " to copy", missing);
    }
  }

  private static Mac prototype() {
    try {
      return Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
    }
  }

  private static String text(byte[] key) {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }
}
