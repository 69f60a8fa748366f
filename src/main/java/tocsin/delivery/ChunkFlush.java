package tocsin.delivery;

import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tocsin.audience.Channel;

/**
 * The settlements of one batch that are made under claims of chunks, as the parameters of one
 * statement: a tally for each chunk, a run for each row of the ledger, and recipient by recipient
 * only what was deferred or changes a standing. Pure.
 */
final class ChunkFlush {
  /**
   * A chunk's part is recorded as a whole, or not at all when its claim is lost or the flush is a
   * repetition. Chunks are locked in the order that all keep to. Uses the primary keys.
   */
  static final String SETTLE =
      """
      with tally as (
        select * from unnest($3::int[], $4::int[], $5::int[], $6::int[], $7::int[], $8::int[],
            $9::int[], $10::int[], $11::int[], $12::timestamptz[], $13::timestamptz[])
          with ordinality as t (audience, chunk, claim, settled, sent, failed, suppressed,
            withdrawn, superseded, first_sent_at, last_sent_at, n)
      ),
      held as (
        select t.* from tally t
          join chunk c on c.audience = t.audience and c.number = t.chunk and c.claim = t.claim
         where c.flush < $2
         order by c.audience, c.number for no key update of c
      ),
      moved as (
        update chunk c set settled = c.settled + h.settled, done = c.settled + h.settled = c.size,
            flush = $2, takeovers = 0, parked_at = null,
            sent = c.sent + h.sent, failed = c.failed + h.failed,
            suppressed = c.suppressed + h.suppressed, withdrawn = c.withdrawn + h.withdrawn,
            superseded = c.superseded + h.superseded,
            first_sent_at = least(c.first_sent_at, h.first_sent_at),
            last_sent_at = greatest(c.last_sent_at, h.last_sent_at)
          from held h where c.audience = h.audience and c.number = h.chunk
        returning h.n, h.audience, h.chunk, h.settled
      ),
      recorded as (
        insert into ledger (audience, chunk, state, attempts, reason, subscribers, details)
        select m.audience, m.chunk, r.state, r.attempts, r.reason,
            ($14::int[])[r.first:r.last], ($15::text[])[r.first_detail:r.last_detail]
          from unnest($16::int[], $17::text[], $18::smallint[], $19::text[],
              $20::int[], $21::int[], $22::int[], $23::int[])
            as r (n, state, attempts, reason, first, last, first_detail, last_detail)
          join moved m on m.n = r.n
      ),
      deferred as (
        insert into retry
          (audience, subscriber, chunk, channel, priority, attempts, reason, waits_for, due_at)
        select m.audience, d.subscriber, m.chunk, $1, a.priority, d.attempts, d.reason,
            d.waits_for, d.due_at
          from unnest($24::int[], $25::int[], $26::smallint[], $27::text[], $28::text[],
              $29::timestamptz[])
            as d (n, subscriber, attempts, reason, waits_for, due_at)
          join moved m on m.n = d.n
          join audience a on a.id = m.audience
      ),
      changed as (
        update subscriber s set standing = f.standing, standing_at = now(),
            changed = pg_current_xact_id()
          from unnest($30::int[], $31::int[], $32::text[]) as f (n, subscriber, standing)
          join moved m on m.n = f.n
         where s.id = f.subscriber and s.standing = 'active'
      )
      select coalesce(sum(settled), 0)::int accepted from moved
      """;

  private final List<Tally> tallies;
  private final List<LedgerRow> rows = new ArrayList<>();
  private final List<Settlement> recorded = new ArrayList<>();
  private final List<Settlement> detailed = new ArrayList<>();
  private final List<Single> deferred = new ArrayList<>();
  private final List<Single> fallen = new ArrayList<>();

  /** A run, the number of its tally, and where its part of the flat lists ends. */
  private record LedgerRow(int tally, Run run, int last, int lastDetail) {}

  private record Single(int tally, Settlement settlement) {}

  ChunkFlush(List<Settlement> batch) {
    Map<Claim, Tally> byClaim = new HashMap<>();
    for (Settlement settlement : batch) {
      byClaim.computeIfAbsent(settlement.claim(), Tally::new).add(settlement);
    }
    tallies = new ArrayList<>(byClaim.values());
    tallies.sort(
        Comparator.<Tally>comparingInt(tally -> tally.claim().audience())
            .thenComparingInt(tally -> tally.claim().chunk()));
    for (int i = 0; i < tallies.size(); i++) {
      lay(i + 1, tallies.get(i));
    }
  }

  private void lay(int number, Tally tally) {
    for (Run run : tally.runs()) {
      recorded.addAll(run.settlements());
      detailed.addAll(run.detailed());
      rows.add(new LedgerRow(number, run, recorded.size(), detailed.size()));
    }
    for (Settlement settlement : tally.deferred()) {
      deferred.add(new Single(number, settlement));
    }
    for (Settlement settlement : tally.fallen()) {
      fallen.add(new Single(number, settlement));
    }
  }

  /** The parameters of {@link #SETTLE}. */
  Tuple parameters(Channel channel, long flush) {
    Tuple parameters = Tuple.of(channel.word(), flush);
    new Columns<>(parameters, tallies)
        .integers(tally -> tally.claim().audience())
        .integers(tally -> tally.claim().chunk())
        .integers(tally -> tally.claim().number())
        .integers(Tally::settled)
        .integers(tally -> tally.count(DeliveryState.SENT))
        .integers(tally -> tally.count(DeliveryState.FAILED))
        .integers(tally -> tally.count(DeliveryState.SUPPRESSED))
        .integers(tally -> tally.count(DeliveryState.WITHDRAWN))
        .integers(tally -> tally.count(DeliveryState.SUPERSEDED))
        .times(Tally::firstSentAt)
        .times(Tally::lastSentAt);
    new Columns<>(parameters, recorded).integers(Settlement::subscriber);
    new Columns<>(parameters, detailed).strings(Settlement::detail);
    new Columns<>(parameters, rows)
        .integers(LedgerRow::tally)
        .strings(row -> row.run().state().word())
        .shorts(row -> row.run().attempts())
        .strings(row -> row.run().reasonWord())
        .integers(row -> row.last() - row.run().settlements().size() + 1)
        .integers(LedgerRow::last)
        .integers(row -> row.lastDetail() - row.run().detailed().size() + 1)
        .integers(LedgerRow::lastDetail);
    new Columns<>(parameters, deferred)
        .integers(Single::tally)
        .integers(single -> single.settlement().subscriber())
        .shorts(single -> single.settlement().attempts())
        .strings(single -> single.settlement().reasonWord())
        .strings(single -> single.settlement().waitsFor())
        .times(single -> single.settlement().due());
    new Columns<>(parameters, fallen)
        .integers(Single::tally)
        .integers(single -> single.settlement().subscriber())
        .strings(single -> single.settlement().standingWord());
    return parameters;
  }
}
