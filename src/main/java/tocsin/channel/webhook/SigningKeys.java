package tocsin.channel.webhook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Signs with keys that were read before, the ones that are used most. */
final class SigningKeys {
  private static final int MOST = 10_000;

  private final Cache<String, Optional<? extends SigningKey>> read =
      Caffeine.newBuilder().maximumSize(MOST).build();

  /**
   * The {@code webhook-signature} header: one entry a key; empty if there is none, or one that is
   * malformed.
   */
  Optional<String> sign(List<String> keys, String id, Instant at, byte[] body) {
    StringJoiner header = new StringJoiner(" ");
    for (String text : keys) {
      Optional<? extends SigningKey> key = read.get(text, SigningKey::parse);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      header.add(key.get().signature(id, at, body));
    }
    return keys.isEmpty() ? Optional.empty() : Optional.of(header.toString());
  }
}
