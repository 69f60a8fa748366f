package tocsin.incident;

import org.jspecify.annotations.Nullable;

/**
 * Where a submission came from, so that a repeat is known.
 *
 * @param source who speaks: {@code api:<key name>}
 * @param idempotencyKey unique per source, 1 to 255 visible ASCII characters; null: never a repeat
 * @param fingerprint SHA-256 of the request: same key, other fingerprint is a conflict
 * @param trace traceparent of the span that it comes with; null: it is not followed
 */
@SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals only where it matters
public record Origin(
    String source, @Nullable String idempotencyKey, byte[] fingerprint, @Nullable String trace) {

  /** Not followed. */
  public Origin(String source, @Nullable String idempotencyKey, byte[] fingerprint) {
    this(source, idempotencyKey, fingerprint, null);
  }

  public Origin under(@Nullable String traceparent) {
    return new Origin(source, idempotencyKey, fingerprint, traceparent);
  }
}
