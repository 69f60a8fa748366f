package tocsin.delivery;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.BinaryOperator;
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

  /** Of both audiences together. */
  Account plus(Account other) {
    return new Account(
        audience + other.audience,
        sent + other.sent,
        failed + other.failed,
        suppressed + other.suppressed,
        withdrawn + other.withdrawn,
        superseded + other.superseded,
        either(firstSentAt, other.firstSentAt, BinaryOperator.minBy(Instant::compareTo)),
        either(lastSentAt, other.lastSentAt, BinaryOperator.maxBy(Instant::compareTo)));
  }

  private static @Nullable Instant either(
      @Nullable Instant one, @Nullable Instant other, BinaryOperator<Instant> choice) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return choice.apply(one, other);
  }

  /** The columns of an account after {@code size}, summed over the chunks {@code c}. */
  static final String SUMS =
      """
      coalesce(sum(c.sent), 0)::int sent, coalesce(sum(c.failed), 0)::int failed,
      coalesce(sum(c.suppressed), 0)::int suppressed, coalesce(sum(c.withdrawn), 0)::int withdrawn,
      coalesce(sum(c.superseded), 0)::int superseded,
      min(c.first_sent_at) first_sent_at, max(c.last_sent_at) last_sent_at
      """;

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
