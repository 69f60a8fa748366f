package tocsin.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Names request bodies by half of their SHA-256, once for each that many messages share. */
final class BodyHashes {
  private final Cache<byte[], UUID> shared =
      Caffeine.newBuilder().weakKeys().maximumSize(10_000).build();

  /** Of bytes that nobody writes to any more. */
  UUID of(byte[] body) {
    UUID known = shared.getIfPresent(body);
    if (known == null) {
      known = hash(body);
      shared.put(body, known);
    }
    return known;
  }

  private static UUID hash(byte[] body) {
    try {
      ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(body));
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
