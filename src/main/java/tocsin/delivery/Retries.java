package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;
import tocsin.channel.Reason;

/**
 * Rows of those who could not be sent to at once, leased like chunks: claimed when their time has
 * come, or by whoever has permits of the limit that they wait for.
 */
public final class Retries {
  private static final String PAUSED =
      """
      exists (
        select from audience a join incident_update u on u.id = a.update_id
         where a.id = retry.audience and u.control = 'paused')
      """;

  /** Parks what was taken over too often, and answers without it. */
  private static final String CLAIM =
      """
      with chosen as (%s),
      claimed as (
        update retry r set claim = claim + 1,
            leased = not (leased and takeovers + 1 >= $3),
            takeovers = takeovers + case when leased then 1 else 0 end,
            parked_at = case when leased and takeovers + 1 >= $3 then now() end,
            due_at = now() + $2 * interval '1 ms'
          from chosen
         where r.audience = chosen.audience and r.subscriber = chosen.subscriber
        returning r.*)
      select audience, chunk, subscriber, attempts, claim, requeued_at, replay from claimed
       where parked_at is null
      """;

  private final Pool pool;

  public Retries(Pool pool) {
    this.pool = pool;
  }

  /** Claims up to so many whose time has come, earliest first; uses the index retry_due. */
  public Future<List<Claim.OfRetry>> claim(Channel channel, int limit, Duration lease) {
    return pool.preparedQuery(
            CLAIM.formatted(
                """
                select audience, subscriber from retry
                 where channel = $1 and waits_for is null and parked_at is null
                   and due_at <= now() and not %s
                 order by due_at limit $4 for update skip locked
                """
                    .formatted(PAUSED)))
        .execute(Tuple.of(channel.word(), (double) lease.toMillis(), Chunks.MOST_TAKEOVERS, limit))
        .map(Retries::claimed);
  }

  /**
   * Claims those who wait for these limits, by priority; uses the index retry_waiting.
   *
   * @param room by limit key, how many may come
   */
  public Future<List<Claim.OfRetry>> claimWaiting(
      Channel channel, Map<String, Integer> room, Duration lease) {
    List<Map.Entry<String, Integer>> keys = List.copyOf(room.entrySet());
    return pool.preparedQuery(
            CLAIM.formatted(
                """
                select r.audience, r.subscriber
                  from unnest($4::text[], $5::int[]) as k (key, room)
                 cross join lateral (
                   select audience, subscriber from retry
                    where channel = $1 and waits_for = k.key and parked_at is null
                      and due_at <= now() and not %s
                    order by priority, due_at limit k.room for update skip locked) r
                """
                    .formatted(PAUSED)))
        .execute(
            Tuple.of(
                channel.word(),
                (double) lease.toMillis(),
                Chunks.MOST_TAKEOVERS,
                keys.stream().map(Map.Entry::getKey).toArray(String[]::new),
                keys.stream().map(Map.Entry::getValue).toArray(Integer[]::new)))
        .map(Retries::claimed);
  }

  /** Limits that anybody waits for, at most so many; each found by one step through the index. */
  public Future<List<String>> waitingKeys(Channel channel, int limit) {
    return pool.preparedQuery(
            """
            with recursive key (name, n) as (
              (select waits_for, 1 from retry
                where channel = $1 and waits_for is not null order by waits_for limit 1)
              union all
              select (select waits_for from retry
                       where channel = $1 and waits_for > key.name
                       order by waits_for limit 1), n + 1
                from key where key.name is not null and n < $2)
            select name from key where name is not null
            """)
        .execute(Tuple.of(channel.word(), limit))
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getString("name"))
                .toList());
  }

  /** Makes due at once what only waits for a rate limit: the limits have changed. */
  public Future<Void> hasten(Channel channel) {
    return pool.preparedQuery(
            """
            update retry set due_at = now()
             where channel = $1 and waits_for is null and reason = $2 and not leased
               and due_at > now()
            """)
        .execute(Tuple.of(channel.word(), Reason.LIMIT.word()))
        .mapEmpty();
  }

  /** Makes due at once what waits for whatever, of these subscribers: they have left. */
  public Future<Void> hasten(Collection<Integer> subscribers) {
    return pool.preparedQuery(
            """
            with waiting as (
              select audience, subscriber from retry
               where subscriber = any($1) and not leased and parked_at is null
                 and (due_at > now() or waits_for is not null)
                 for update skip locked)
            update retry r set due_at = now(), waits_for = null
              from waiting w where r.audience = w.audience and r.subscriber = w.subscriber
            """)
        .execute(Tuple.from(new Object[] {subscribers.toArray(Integer[]::new)}))
        .mapEmpty();
  }

  /** Makes due at once what waits for whatever, of updates that were cancelled. */
  public Future<Void> hastenCancelled(Channel channel) {
    return pool.preparedQuery(
            """
            update retry r set due_at = now(), waits_for = null
              from audience a join incident_update u on u.id = a.update_id
             where a.channel = $1 and a.completed_at is null and u.control = 'cancelled'
               and r.audience = a.id and not r.leased
               and (r.due_at > now() or r.waits_for is not null)
            """)
        .execute(Tuple.of(channel.word()))
        .mapEmpty();
  }

  /** As {@link Chunks#releaseAll}. */
  public Future<Void> releaseAll() {
    return pool.query("update retry set leased = false, due_at = now() where leased")
        .execute()
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
            returning r.audience, r.chunk, r.subscriber, r.attempts, r.claim, r.requeued_at,
              r.replay
            """)
        .execute(
            Tuple.of(
                claims.stream().map(Claim::audience).toArray(Integer[]::new),
                claims.stream().map(Claim.OfRetry::subscriber).toArray(Integer[]::new),
                claims.stream().map(Claim::number).toArray(Integer[]::new),
                leased,
                (double) until.toMillis()))
        .map(Retries::claimed);
  }

  private static List<Claim.OfRetry> claimed(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(Retries::claim).toList();
  }

  private static Claim.OfRetry claim(Row row) {
    OffsetDateTime requeuedAt = row.getOffsetDateTime("requeued_at");
    return new Claim.OfRetry(
        row.getInteger("audience"),
        row.getInteger("chunk"),
        row.getInteger("subscriber"),
        row.getInteger("attempts"),
        row.getInteger("claim"),
        requeuedAt == null ? null : requeuedAt.toInstant(),
        row.getBoolean("replay"));
  }
}
