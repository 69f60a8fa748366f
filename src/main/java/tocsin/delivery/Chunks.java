package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import tocsin.audience.Channel;
import tocsin.incident.Status;

/**
 * Leases on chunks. A lease is a time in the row: until {@code claimable_at} nobody else claims it.
 * Whose lease ends without a word is taken over; a chunk that is taken over {@value
 * #MOST_TAKEOVERS} times in a row without any progress in between is parked, because it may be what
 * kills its holders.
 */
public final class Chunks {
  static final int MOST_TAKEOVERS = 5;

  /** Statuses that do not give way to a newer update. */
  private static final String[] CLOSING =
      Arrays.stream(Status.values())
          .filter(Status::closes)
          .map(Status::word)
          .toArray(String[]::new);

  private final Pool pool;

  /**
   * What a claim came to.
   *
   * @param turn the how-manieth of its audience it is, from 1
   * @param fresh the first claim of its chunk: nothing can have happened to its members
   * @param takenOver somebody else's lease had ended
   */
  public record Claimed(Claim.OfChunk claim, int turn, boolean fresh, boolean takenOver) {}

  /**
   * @param claimed the audiences in turn
   * @param parked how many chunks were parked instead
   */
  public record Claims(List<Claimed> claimed, int parked) {}

  public Chunks(Pool pool) {
    this.pool = pool;
  }

  /**
   * Claims up to so many chunks with unsettled members: the highest priority first, the audiences
   * of one priority in turn, each by rank. While a newer update of the incident is accepted and not
   * planned, the older is left alone: it is about to be superseded. Uses the indexes {@code
   * audience_open} and {@code chunk_claimable}.
   *
   * @param below only audiences of a priority number less than this
   * @param after whose turn was the last: the audiences that follow come first
   */
  public Future<Claims> claim(Channel channel, int below, int after, int limit, Duration lease) {
    return pool.preparedQuery(
            """
            with open as (
              select a.id, a.priority
                from audience a join incident_update u on u.id = a.update_id
               where a.channel = $1 and a.completed_at is null and a.priority < $2
                 and u.control <> 'paused'
                 and (u.status = any($7) or not exists (
                   select from incident_update v
                    where v.incident = u.incident and v.sequence > u.sequence
                      and v.planned_at is null and v.parked is null and v.notify))),
            candidate as (
              select o.priority, o.id audience, c.number,
                  row_number() over (partition by o.id order by c.number) turn
                from open o cross join lateral (
                  select number from chunk
                   where audience = o.id and not done and parked_at is null
                     and claimable_at <= now()
                   order by number limit $3 for update skip locked) c),
            chosen as (
              select audience, number, turn from candidate order by priority, turn, audience <= $6, audience limit $3)
            update chunk c set claim = claim + 1, flush = 0,
                leased = not (leased and takeovers + 1 >= $5),
                takeovers = takeovers + case when leased then 1 else 0 end,
                parked_at = case when leased and takeovers + 1 >= $5 then now() end,
                claimable_at = now() + $4 * interval '1 ms'
              from chosen
             where c.audience = chosen.audience and c.number = chosen.number
            returning c.audience, c.number, c.claim, c.takeovers, c.parked_at is not null parked,
              chosen.turn
            """)
        .execute(
            Tuple.of(
                channel.word(),
                (short) below,
                limit,
                (double) lease.toMillis(),
                MOST_TAKEOVERS,
                after,
                CLOSING))
        .map(Chunks::claims);
  }

  private static Claims claims(RowSet<Row> rows) {
    List<Claimed> claimed = new ArrayList<>();
    int parked = 0;
    for (Row row : rows) {
      if (row.getBoolean("parked")) {
        parked++;
      } else {
        Claim.OfChunk claim = claim(row);
        claimed.add(
            new Claimed(
                claim,
                row.getInteger("turn"),
                claim.number() == 1,
                row.getInteger("takeovers") > 0));
      }
    }
    claimed.sort(
        Comparator.comparingInt(Claimed::turn).thenComparingInt(chunk -> chunk.claim().audience()));
    return new Claims(claimed, parked);
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
            with mine as (
              select c.audience, c.number
                from chunk c
                join unnest($1::int[], $2::int[], $3::int[]) as held (audience, number, claim)
                  on c.audience = held.audience and c.number = held.number and c.claim = held.claim
               order by c.audience, c.number for no key update of c)
            update chunk c set leased = $4, claimable_at = now() + $5 * interval '1 ms'
              from mine where c.audience = mine.audience and c.number = mine.number
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

  /**
   * Ends every lease at once, for who is alone with the database: no holder can be alive. Nothing
   * was taken over by it.
   */
  public Future<Void> releaseAll() {
    return pool.query(
            "update chunk set leased = false, claimable_at = now() where leased and not done")
        .execute()
        .mapEmpty();
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
