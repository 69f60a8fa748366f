package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;

/**
 * Leases on chunks. A lease is a time in the row: until {@code claimable_at} nobody else claims it.
 * Order of claiming is by audience, so by acceptance, then by rank.
 */
public final class Chunks {
  private final Pool pool;

  public Chunks(Pool pool) {
    this.pool = pool;
  }

  /** Claims up to so many chunks with unsettled members; uses the index {@code chunk_claimable}. */
  public Future<List<Claim.OfChunk>> claim(Channel channel, int limit, Duration lease) {
    return pool.preparedQuery(
            """
            update chunk set claim = claim + 1, flush = 0, leased = true,
               claimable_at = now() + $3 * interval '1 ms'
             where (audience, number) in (
               select audience, number from chunk
                where channel = $1 and not done and claimable_at <= now()
                order by audience, number limit $2 for update skip locked)
            returning audience, number, claim
            """)
        .execute(Tuple.of(channel.word(), limit, (double) lease.toMillis()))
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false)
                .map(Chunks::claim)
                .sorted((a, b) ->
                    a.audience() == b.audience()
                        ? Integer.compare(a.chunk(), b.chunk())
                        : Integer.compare(a.audience(), b.audience()))
                .toList());
  }

  /**
   * Members that left their chunk before: whoever has an outcome on record or a retry row. By
   * chunk; a chunk that nobody left has an empty set.
   */
  public Future<Map<Claim.OfChunk, Set<Integer>>> left(Collection<Claim.OfChunk> claims) {
    Map<Long, Claim.OfChunk> byPlace = new HashMap<>();
    Map<Claim.OfChunk, Set<Integer>> left = new HashMap<>();
    List<Integer> audiences = new ArrayList<>();
    List<Integer> chunks = new ArrayList<>();
    for (Claim.OfChunk claim : claims) {
      byPlace.put(place(claim.audience(), claim.chunk()), claim);
      left.put(claim, new HashSet<>());
      audiences.add(claim.audience());
      chunks.add(claim.chunk());
    }
    return pool.preparedQuery(
            """
            with wanted as (select * from unnest($1::int[], $2::int[]) as w (audience, chunk))
            select audience, chunk, unnest(subscribers) subscriber from ledger join wanted using (audience, chunk)
            union all
            select audience, chunk, subscriber from retry join wanted using (audience, chunk)
            """)
        .execute(
            Tuple.from(List.of(audiences.toArray(Integer[]::new), chunks.toArray(Integer[]::new))))
        .map(rows -> {
          for (Row row : rows) {
            Claim.OfChunk claim =
                byPlace.get(place(row.getInteger("audience"), row.getInteger("chunk")));
            left.computeIfAbsent(claim, c -> new HashSet<>()).add(row.getInteger("subscriber"));
          }
          return left;
        });
  }

  /** Moves the end of the leases; the answer is without those lost meanwhile, which stay lost. */
  public Future<List<Claim.OfChunk>> extend(Collection<Claim.OfChunk> claims, Duration lease) {
    return move(claims, true, lease);
  }

  /** Gives the leases back; nobody claims the chunks before so long. */
  public Future<Void> release(Collection<Claim.OfChunk> claims, Duration after) {
    return move(claims, false, after).mapEmpty();
  }

  private Future<List<Claim.OfChunk>> move(
      Collection<Claim.OfChunk> claims, boolean leased, Duration until) {
    if (claims.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return pool.preparedQuery(
            """
            update chunk c set leased = $4, claimable_at = now() + $5 * interval '1 ms'
              from unnest($1::int[], $2::int[], $3::int[]) as held (audience, number, claim)
             where c.audience = held.audience and c.number = held.number and c.claim = held.claim
            returning c.audience, c.number, c.claim
            """)
        .execute(
            Tuple.of(
                claims.stream().map(Claim::audience).toArray(Integer[]::new),
                claims.stream().map(Claim::chunk).toArray(Integer[]::new),
                claims.stream().map(Claim::number).toArray(Integer[]::new),
                leased,
                (double) until.toMillis()))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Chunks::claim).toList());
  }

  /** Makes claimable at once what only waits for a rate limit: the limits have changed. */
  public Future<Void> hasten(Channel channel) {
    return pool.preparedQuery(
            """
            update chunk set claimable_at = now()
             where channel = $1 and not done and not leased and claimable_at > now()
            """)
        .execute(Tuple.of(channel.word()))
        .mapEmpty();
  }

  private static Claim.OfChunk claim(Row row) {
    return new Claim.OfChunk(
        row.getInteger("audience"), row.getInteger("number"), row.getInteger("claim"));
  }

  private static long place(int audience, int chunk) {
    return (long) audience << 32 | chunk;
  }
}
