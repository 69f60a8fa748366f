package tocsin.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook's events are signed with from now on.
 *
 * @param secret shown this once
 * @param publicKey null where the endpoint has no key pair
 * @param previousUntil until when the keys before it sign too
 */
public record RotatedSecret(String secret, @Nullable String publicKey, Instant previousUntil) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "RotatedSecret[previousUntil=" + previousUntil + "]";
  }
}
