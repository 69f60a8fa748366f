package tocsin.audience;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the suppression list.
 *
 * @param id in the order of writing
 * @param address in the one form in which equal addresses are equal; null once it was erased
 * @param source who put it there
 */
public record Suppression(
    long id,
    Channel channel,
    @Nullable String address,
    SuppressionReason reason,
    String source,
    Instant at) {

  /** Without the address. */
  @Override
  public String toString() {
    return "Suppression[" + id + ", " + channel.word() + ", " + reason.word() + "]";
  }
}
