package tocsin.channel.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The symmetric signature of Standard Webhooks, {@code v1}. */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * One entry of the {@code webhook-signature} header.
   *
   * @param id the {@code webhook-id} header; without a dot
   * @param at the {@code webhook-timestamp} header, whole seconds count
   * @param body the bytes as sent
   */
  public static String of(WebhookSecret secret, String id, Instant at, byte[] body) {
    String head = id + "." + at.getEpochSecond() + ".";
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.key(), ALGORITHM));
      mac.update(head.getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, missing);
    }
  }
}
