package tocsin.feedback;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/**
 * Who reports our mail as unwanted has left, at once; the report stays as the proof. A shared
 * mailbox stays, since one reader alone does not speak for the others.
 */
public final class Complaints {
  private final Pool pool;

  public Complaints(Pool pool) {
    this.pool = pool;
  }

  /** What a complaint came to. */
  enum Result {
    /** Known, or about nobody. */
    NO_NEWS,
    LEFT,
    SHARED
  }

  Future<Result> record(ComplaintEvent event) {
    return pool.preparedQuery(
            """
            with person as (
              select id, shared from subscriber where id = $1 and channel = 'email'),
            proof as (
              insert into complaint (subscriber, audience, type, source, proof)
              select id, $2, $3, $4, $5 from person
              on conflict (subscriber, audience) do nothing
              returning subscriber),
            gone as (
              update subscriber s
                 set standing = 'unsubscribed', standing_at = now(), changed = pg_current_xact_id()
                from proof p
               where s.id = p.subscriber and s.standing <> 'unsubscribed' and s.address_key <> 'erased:' || s.id
                 and not s.shared
              returning s.id, s.standing_at),
            consents as (
              insert into consent (subscriber, kind, channel, source, at)
              select id, 'withdrawn', 'email', 'complaint', standing_at from gone),
            note as (
              insert into audit (actor, action, subject, outcome)
              select 'complaint', 'unsubscribed', '/v1/subscribers/' || id, 'done' from gone),
            receipts as (
              insert into receipt (audience, subscriber, state, rank, detail)
              select a.id, p.subscriber, 'complained', 6, $3
                from proof p join audience a on a.id = $2
              on conflict (audience, subscriber) do update
                 set state = excluded.state, rank = excluded.rank, detail = excluded.detail,
                     at = now()
               where receipt.rank < excluded.rank)
            select exists (select from gone) as gone,
                coalesce((select shared from person join proof on proof.subscriber = person.id),
                  false) as shared
            """)
        .execute(
            Tuple.of(
                event.subscriber(),
                event.audience(),
                event.type(),
                event.source().word(),
                event.proof()))
        .map(rows -> {
          var row = rows.iterator().next();
          if (row.getBoolean("gone")) {
            return Result.LEFT;
          }
          return row.getBoolean("shared") ? Result.SHARED : Result.NO_NEWS;
        });
  }
}
