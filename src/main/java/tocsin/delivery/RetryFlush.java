package tocsin.delivery;

import io.vertx.sqlclient.Tuple;
import java.util.List;
import tocsin.audience.Channel;

/**
 * The settlements of one batch that are made under claims of retries, recipient by recipient: each
 * is recorded or lost on its own.
 */
record RetryFlush(List<Settlement> batch) {
  /**
   * Ends the row, or makes it due again under a raised claim, so that a repetition finds nothing.
   * Chunks are locked in the order that all keep to. Uses the primary keys.
   */
  static final String SETTLE =
      """
      with batch as materialized (
        select * from unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::text[], $7::smallint[],
            $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[],
            $13::text[], $14::boolean[])
          with ordinality as b (audience, chunk, claim, subscriber, state, attempts,
            reason, detail, waits_for, due_at, at, standing, outcome, n)
      ),
      ended as (
        delete from retry r using batch b
         where r.audience = b.audience and r.subscriber = b.subscriber and r.claim = b.claim
           and r.channel = $1 and b.state <> 'deferred'
        returning b.*
      ),
      again as (
        update retry r set due_at = b.due_at, attempts = b.attempts, reason = b.reason,
            waits_for = b.waits_for, claim = r.claim + 1, leased = false, takeovers = 0,
            parked_at = null
          from batch b
         where r.audience = b.audience and r.subscriber = b.subscriber and r.claim = b.claim
           and r.channel = $1 and b.state = 'deferred'
        returning b.*
      ),
      accepted as (select * from ended union all select * from again),
      tally as (
        select audience, chunk,
            count(*) filter (where state = 'sent') sent,
            count(*) filter (where state = 'failed') failed,
            count(*) filter (where state = 'suppressed') suppressed,
            count(*) filter (where state = 'withdrawn') withdrawn,
            count(*) filter (where state = 'superseded') superseded,
            min(at) filter (where state = 'sent') first_sent_at,
            max(at) filter (where state = 'sent') last_sent_at
          from ended group by audience, chunk
      ),
      held as (
        select t.* from tally t join chunk c on c.audience = t.audience and c.number = t.chunk
         order by c.audience, c.number for no key update of c
      ),
      moved as (
        update chunk c set sent = c.sent + h.sent, failed = c.failed + h.failed,
            suppressed = c.suppressed + h.suppressed, withdrawn = c.withdrawn + h.withdrawn,
            superseded = c.superseded + h.superseded,
            first_sent_at = least(c.first_sent_at, h.first_sent_at),
            last_sent_at = greatest(c.last_sent_at, h.last_sent_at)
          from held h where c.audience = h.audience and c.number = h.chunk
      ),
      recorded as (
        insert into ledger (audience, chunk, state, attempts, reason, subscribers, details)
        select audience, chunk, state, attempts, reason, array_agg(subscriber order by n),
            case when min(detail) = max(detail) then array[min(detail)]
              else array_agg(detail order by n) end
          from accepted where outcome
         group by audience, chunk, state, attempts, reason
      ),
      changed as (
        update subscriber s set standing = a.standing, standing_at = now(),
            changed = pg_current_xact_id()
          from accepted a
         where s.id = a.subscriber and a.standing is not null and s.standing = 'active'
      )
      select count(*)::int accepted from accepted
      """;

  /** The parameters of {@link #SETTLE}. */
  Tuple parameters(Channel channel) {
    Tuple parameters = Tuple.of(channel.word());
    new Columns<>(parameters, batch)
        .integers(settlement -> settlement.claim().audience())
        .integers(settlement -> settlement.claim().chunk())
        .integers(settlement -> settlement.claim().number())
        .integers(Settlement::subscriber)
        .strings(settlement -> settlement.state().word())
        .shorts(Settlement::attempts)
        .strings(Settlement::reasonWord)
        .strings(Settlement::detail)
        .strings(Settlement::waitsFor)
        .times(Settlement::due)
        .times(Settlement::at)
        .strings(Settlement::standingWord)
        .booleans(Settlement::isOutcome);
    return parameters;
  }
}
