package tocsin.demo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a customer's system verifies a webhook: Standard Webhooks 1.0.0, symmetric signatures. Shares
 * no code with what signs.
 */
final class StandardWebhook {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String SECRET = "whsec_";
  private static final String VERSION = "v1,";

  private final InstantSource clock;

  StandardWebhook(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param secret {@code whsec_} and base64
   * @param signatures one or more, separated by spaces; those of other versions are passed over
   */
  boolean verifies(String secret, String id, String timestamp, String signatures, byte[] body) {
    if (id.isEmpty() || !isFresh(timestamp)) {
      return false;
    }
    byte[] expected =
        (VERSION + sign(secret, id, timestamp, body)).getBytes(StandardCharsets.UTF_8);
    boolean verified = false;
    for (String signature : signatures.split(" ", -1)) {
      verified |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }
    return verified;
  }

  private boolean isFresh(String timestamp) {
    if (!timestamp.matches("[0-9]{1,12}")) {
      return false;
    }
    Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    return Duration.between(signed, now).abs().compareTo(TOLERANCE) <= 0;
  }

  private static String sign(String secret, String id, String timestamp, byte[] body) {
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(SECRET.length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
