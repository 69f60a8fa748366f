package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

/** Rows of those who could not be sent to at once; claimed like chunks, by their due time. */
public final class Retries {
  private final Pool pool;

  public Retries(Pool pool) {
    this.pool = pool;
  }

  /** Claims up to so many that are due, earliest first; uses the index {@code retry_due}. */
  public Future<List<Claim.OfRetry>> claim(Channel channel, int limit, Duration lease) {
    return pool.preparedQuery(
            """
            update retry set claim = claim + 1, leased = true, due_at = now() + $3 * interval '1 ms'
             where (audience, subscriber) in (
               select audience, subscriber from retry
                where channel = $1 and due_at <= now()
                order by due_at limit $2 for update skip locked)
            returning audience, chunk, subscriber, attempts, claim, requeued_at
            """)
        .execute(Tuple.of(channel.word(), limit, (double) lease.toMillis()))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Retries::claim).toList());
  }

  /** Makes due at once what only waits for a rate limit: the limits have changed. */
  public Future<Void> hasten(Channel channel) {
    return pool.preparedQuery(
            """
            update retry set due_at = now()
             where channel = $1 and reason = $2 and not leased and due_at > now()
            """)
        .execute(Tuple.of(channel.word(), Reason.LIMIT.word()))
        .mapEmpty();
  }

  /** Moves the end of the leases; the answer is without those lost meanwhile, which stay lost. */
  public Future<List<Claim.OfRetry>> extend(List<Claim.OfRetry> claims, Duration lease) {
    return move(claims, true, lease);
  }

  /** Gives the leases back; the rows are due after so long. */
  public Future<Void> release(List<Claim.OfRetry> claims, Duration after) {
    return move(claims, false, after).mapEmpty();
  }

  private Future<List<Claim.OfRetry>> move(
      List<Claim.OfRetry> claims, boolean leased, Duration until) {
    if (claims.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return pool.preparedQuery(
            """
            update retry r set leased = $4, due_at = now() + $5 * interval '1 ms'
              from unnest($1::int[], $2::int[], $3::int[]) as held (audience, subscriber, claim)
             where r.audience = held.audience and r.subscriber = held.subscriber and r.claim = held.claim
            returning r.audience, r.chunk, r.subscriber, r.attempts, r.claim, r.requeued_at
            """)
        .execute(
            Tuple.of(
                claims.stream().map(Claim::audience).toArray(Integer[]::new),
                claims.stream().map(Claim.OfRetry::subscriber).toArray(Integer[]::new),
                claims.stream().map(Claim::number).toArray(Integer[]::new),
                leased,
                (double) until.toMillis()))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Retries::claim).toList());
  }

  private static Claim.OfRetry claim(Row row) {
    OffsetDateTime requeuedAt = row.getOffsetDateTime("requeued_at");
    return new Claim.OfRetry(
        row.getInteger("audience"),
        row.getInteger("chunk"),
        row.getInteger("subscriber"),
        row.getInteger("attempts"),
        row.getInteger("claim"),
        requeuedAt == null ? null : requeuedAt.toInstant());
  }
}
