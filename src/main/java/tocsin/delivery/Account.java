package tocsin.delivery;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What became of an update's audience on one channel: {@code audience = sent + failed + suppressed
 * + withdrawn + superseded + pending}, at every moment.
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

  /** The columns of an account after {@code size}, summed over {@code c}: chunks, or such sums. */
  static final String SUMS =
      """
      coalesce(sum(c.sent), 0)::int sent, coalesce(sum(c.failed), 0)::int failed,
      coalesce(sum(c.suppressed), 0)::int suppressed, coalesce(sum(c.withdrawn), 0)::int withdrawn,
      coalesce(sum(c.superseded), 0)::int superseded,
      min(c.first_sent_at) first_sent_at, max(c.last_sent_at) last_sent_at
      """;

  /** Joins an audience {@code a} to one row of sums {@code c}, so that its size counts once. */
  static final String CHUNKS =
      "left join lateral (select " + SUMS + " from chunk c where c.audience = a.id) c on true";

  static Account of(Row row) {
    return new Account(
        row.getInteger("size"),
        row.getInteger("sent"),
        row.getInteger("failed"),
        row.getInteger("suppressed"),
        row.getInteger("withdrawn"),
        row.getInteger("superseded"),
        instant(row.getOffsetDateTime("first_sent_at")),
        instant(row.getOffsetDateTime("last_sent_at")));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
