package tocsin.channel.webhook;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An endpoint's signing key, {@code whsec_} and 24 to 64 bytes of base64 (Standard Webhooks). */
public final class WebhookSecret {
  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;
  private static final int GENERATED = 32;

  private final byte[] key;

  private WebhookSecret(byte[] key) {
    this.key = key;
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
      var secret = new WebhookSecret(Base64.getDecoder().decode(text.substring(PREFIX.length())));
      boolean sized = secret.key.length >= SHORTEST && secret.key.length <= LONGEST;
      return sized && secret.text().equals(text) ? Optional.of(secret) : Optional.empty();
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
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  byte[] key() {
    return key.clone();
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
