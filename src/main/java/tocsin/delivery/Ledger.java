package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;

/**
 * Writes what happened. One statement settles a whole batch: it appends to the ledger, moves the
 * counters, adds or removes retry rows and changes standings, all for those settlements whose claim
 * still holds and nothing for the others.
 *
 * <pre>
 *  member of a chunk --settle--&gt; sent | failed | suppressed | withdrawn | superseded
 *                     \--------&gt; deferred: a retry row --settle--&gt; (as above)
 *                                      ^------------------/ deferred again
 * </pre>
 *
 * A wait for a rate limit is deferred too, but is no outcome: it leaves no trace in the ledger.
 */
public final class Ledger {
  private static final String BATCH =
      """
      with batch as materialized (
        select * from unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::text[], $6::smallint[],
            $7::text[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::text[])
          as b (audience, chunk, claim, subscriber, state, attempts,
            detail, at, due_at, reason, standing)
      ),
      """;

  /** Everything after {@code accepted}, the part of the batch whose claim holds. */
  private static final String RECORD =
      """
      recorded as (
        insert into ledger (audience, chunk, subscribers, outcomes, attempts, details)
        select audience, chunk, array_agg(subscriber order by subscriber),
          array_agg(state order by subscriber), array_agg(attempts order by subscriber),
          array_agg(detail order by subscriber)
          from accepted where reason is distinct from 'limit'
         group by audience, chunk
      ),
      changed as (
        update subscriber s set standing = a.standing, standing_at = now(),
            changed = pg_current_xact_id()
          from accepted a
         where s.id = a.subscriber and a.standing is not null and s.standing = 'active'
      )
      """;

  private static final String TALLY =
      """
      count(*) settled,
          count(*) filter (where state = 'sent') sent,
          count(*) filter (where state = 'failed') failed,
          count(*) filter (where state = 'suppressed') suppressed,
          count(*) filter (where state = 'withdrawn') withdrawn,
          count(*) filter (where state = 'superseded') superseded,
          min(at) filter (where state = 'sent') first_sent_at,
          max(at) filter (where state = 'sent') last_sent_at
      """;

  private static final String COUNTERS =
      """
      sent = c.sent + t.sent, failed = c.failed + t.failed,
          suppressed = c.suppressed + t.suppressed, withdrawn = c.withdrawn + t.withdrawn,
          superseded = c.superseded + t.superseded,
          first_sent_at = least(c.first_sent_at, t.first_sent_at),
          last_sent_at = greatest(c.last_sent_at, t.last_sent_at)
      """;

  private static final String SETTLE_CHUNKS =
      BATCH
          + "tally as (select audience, chunk, claim, "
          + TALLY
          + """
          from batch group by audience, chunk, claim),
          moved as (
            update chunk c set settled = c.settled + t.settled,
              done = c.settled + t.settled = c.size, flush = $13,
          """
          + COUNTERS
          + """
              from tally t
             where c.audience = t.audience and c.number = t.chunk and c.claim = t.claim
                 and c.flush < $13
            returning c.audience, c.number as chunk, c.claim
          ),
          accepted as (select b.* from batch b join moved using (audience, chunk, claim)),
          deferred as (
            insert into retry (audience, subscriber, chunk, channel, priority, attempts, reason, due_at)
            select audience, subscriber, chunk, $12, (select priority from audience a where a.id = audience), attempts, reason, due_at
              from accepted where state = 'deferred'
          ),
          """
          + RECORD
          + "select count(*)::int accepted from accepted";

  private static final String SETTLE_RETRIES =
      BATCH
          + """
          ended as (
            delete from retry r using batch b
             where r.audience = b.audience and r.subscriber = b.subscriber and r.claim = b.claim
               and r.channel = $12 and b.state <> 'deferred'
            returning b.*
          ),
          again as (
            update retry r set due_at = b.due_at, attempts = b.attempts, reason = b.reason,
                  claim = r.claim + 1, leased = false
              from batch b
             where r.audience = b.audience and r.subscriber = b.subscriber and r.claim = b.claim
               and b.state = 'deferred'
            returning b.*
          ),
          accepted as (select * from ended union all select * from again),
          tally as (
          """
          + "select audience, chunk, "
          + TALLY
          + "from ended group by audience, chunk), moved as (update chunk c set "
          + COUNTERS
          + """
              from tally t where c.audience = t.audience and c.number = t.chunk
          ),
          """
          + RECORD
          + "select count(*)::int accepted from accepted";

  private final Pool pool;

  public Ledger(Pool pool) {
    this.pool = pool;
  }

  /**
   * How many of the settlements were accepted; the others had lost their claim, or were settled by
   * this flush before.
   *
   * @param flush positive, rises with every batch of one holder of claims; the same when a batch is
   *     repeated because its answer was lost
   */
  public Future<Integer> settle(Channel channel, long flush, List<Settlement> batch) {
    List<Settlement> chunks = new ArrayList<>();
    List<Settlement> retries = new ArrayList<>();
    for (Settlement settlement : batch) {
      switch (settlement.claim()) {
        case Claim.OfChunk chunk -> chunks.add(settlement);
        case Claim.OfRetry retry -> retries.add(settlement);
      }
    }
    return write(SETTLE_CHUNKS, chunks, channel.word(), flush)
        .compose(first -> write(SETTLE_RETRIES, retries, channel.word()).map(rest -> first + rest));
  }

  private Future<Integer> write(String statement, List<Settlement> batch, Object... rest) {
    if (batch.isEmpty()) {
      return Future.succeededFuture(0);
    }
    Tuple parameters = Tuple.tuple();
    parameters.addValue(integers(batch, s -> s.claim().audience()));
    parameters.addValue(integers(batch, s -> s.claim().chunk()));
    parameters.addValue(integers(batch, s -> s.claim().number()));
    parameters.addValue(integers(batch, Settlement::subscriber));
    parameters.addValue(strings(batch, s -> s.state().word()));
    parameters.addValue(batch.stream().map(s -> (short) s.attempts()).toArray(Short[]::new));
    parameters.addValue(strings(batch, Settlement::detail));
    parameters.addValue(times(batch, Settlement::at));
    parameters.addValue(times(batch, Settlement::due));
    parameters.addValue(strings(batch, s -> s.reason() == null ? null : s.reason().word()));
    parameters.addValue(strings(batch, s -> s.standing() == null ? null : s.standing().word()));
    for (Object value : rest) {
      parameters.addValue(value);
    }
    return pool.preparedQuery(statement)
        .execute(parameters)
        .map(rows -> rows.iterator().next().getInteger("accepted"));
  }

  private static Integer[] integers(List<Settlement> batch, Function<Settlement, Integer> value) {
    return batch.stream().map(value).toArray(Integer[]::new);
  }

  private static @Nullable String[] strings(
      List<Settlement> batch, Function<Settlement, @Nullable String> value) {
    return batch.stream().map(value).toArray(String[]::new);
  }

  private static @Nullable OffsetDateTime[] times(
      List<Settlement> batch, Function<Settlement, @Nullable Instant> value) {
    return batch.stream()
        .map(value)
        .map(at -> at == null ? null : at.atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }
}
