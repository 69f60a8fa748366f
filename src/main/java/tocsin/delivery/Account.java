package tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one audience: {@code audience = sent + failed + suppressed + withdrawn +
 * superseded + pending}, at every moment.
 */
public record Account(
    int audience,
    int sent,
    int failed,
    int suppressed,
    int withdrawn,
    int superseded,
    @Nullable Instant firstSentAt,
    @Nullable Instant lastSentAt) {

  public static final Account EMPTY = new Account(0, 0, 0, 0, 0, 0, null, null);

  public int pending() {
    return audience - sent - failed - suppressed - withdrawn - superseded;
  }
}
