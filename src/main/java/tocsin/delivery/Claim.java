package tocsin.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The right to settle one chunk, or one retry of it, until the lease ends or somebody else claims.
 * Settling under an outdated claim has no effect.
 */
public sealed interface Claim {
  int audience();

  int chunk();

  /** Raised by every claim of the same row. */
  int number();

  /** The members of a chunk that nothing has happened to yet. */
  record OfChunk(int audience, int chunk, int number) implements Claim {}

  /**
   * One recipient who could not be sent to at once.
   *
   * @param requeuedAt when an operator requeued it, null if none did
   * @param replay it is told again on purpose, whatever is newer
   */
  record OfRetry(
      int audience,
      int chunk,
      int subscriber,
      int attempts,
      int number,
      @Nullable Instant requeuedAt,
      boolean replay)
      implements Claim {}
}
