package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;
import tocsin.audience.Erasure;
import tocsin.audience.Standing;
import tocsin.audience.SuppressionReason;
import tocsin.config.Settings;

/**
 * Deletes what has been kept for long enough by the database's clock, a few rows at a time: nothing
 * that is still worked on is touched, so no fan-out waits for it.
 */
public final class Retention {
  private static final int BATCH = 500;

  private final Pool pool;
  private final Erasure erasure;
  private final Settings.Retention lengths;

  public Retention(Pool pool, Erasure erasure, Settings.Retention lengths) {
    this.pool = pool;
    this.erasure = erasure;
    this.lengths = lengths;
  }

  /**
   * Who was sent what, of an audience that is done, once its incident is closed and none of its
   * updates is younger: until then the resolution goes to everybody who was told. The counters of
   * the account stay.
   *
   * @return how many audiences
   */
  public Future<Integer> deliveries() {
    return pool.preparedQuery(
            """
            select a.id from audience a
            join incident_update u on u.id = a.update_id
            join incident i on i.id = u.incident
            where a.forgotten_at is null and a.completed_at < now() - $1::text::interval
              and i.status in ('resolved', 'postmortem', 'completed')
              and not exists (select from incident_update later
                where later.incident = i.id and later.accepted_at > now() - $1::text::interval)
              and not exists (select from audience open join incident_update o on o.id = open.update_id
                where o.incident = i.id and open.completed_at is null)
            order by a.completed_at limit 20
            """)
        .execute(Tuple.of(lengths.deliveries().toString()))
        .compose(rows -> {
          Future<Void> done = Future.succeededFuture();
          for (Row row : rows) {
            done = done.compose(before -> forget(row.getInteger("id")));
          }
          return done.map(rows.size());
        });
  }

  /**
   * Addresses that have not worked for long.
   *
   * @return how many subscribers were emptied
   */
  public Future<Integer> quarantine() {
    return erasure.purge(
        Standing.QUARANTINED, lengths.quarantine().toString(), SuppressionReason.BOUNCE, BATCH);
  }

  /**
   * Addresses of those who left long ago. Who left by themselves is not imported again; whom the
   * operator removed may be.
   *
   * @return how many subscribers were emptied
   */
  public Future<Integer> left() {
    String age = lengths.left().toString();
    return erasure
        .purge(Standing.UNSUBSCRIBED, age, SuppressionReason.UNSUBSCRIBED, BATCH)
        .compose(unsubscribed ->
            erasure
                .purge(Standing.DELETED, age, null, BATCH)
                .map(deleted -> unsubscribed + deleted));
  }

  /**
   * The proof of consents that ended long ago.
   *
   * @return how many were deleted
   */
  public Future<Integer> consents() {
    return deleted(
        """
        delete from consent where (subscriber, id) in (
          select c.subscriber, c.id from subscriber s join consent c on c.subscriber = s.id
          where s.standing in ('unsubscribed', 'opted_out', 'deleted')
            and s.standing_at < now() - $1::text::interval
          limit $2)
        """,
        lengths.consents().toString());
  }

  /**
   * The proof of what was said by text, and what was kept of texts that failed and counts no more.
   *
   * @return how many were deleted
   */
  public Future<Integer> texts() {
    return deleted(
            """
            delete from sms_reply where sid in (
              select sid from sms_reply where at < now() - $1::text::interval limit $2)
            """,
            lengths.consents().toString())
        .compose(replies ->
            deleted(
                    """
                    delete from sms_failure where sid in (
                      select sid from sms_failure where at < now() - $1::text::interval limit $2)
                    """,
                    lengths.deliveries().toString())
                .map(failures -> replies + failures));
  }

  /**
   * What a complaint was known from. That there was one stays: no import may bring its subscriber
   * back.
   *
   * @return how many were emptied
   */
  public Future<Integer> complaints() {
    return deleted(
        """
        update complaint set proof = '' where (subscriber, audience) in (
          select subscriber, audience from complaint
          where proof <> '' and at < now() - $1::text::interval limit $2)
        """,
        lengths.consents().toString());
  }

  /**
   * That an endpoint was given up, where nobody is to be told of it any more.
   *
   * @return how many were deleted
   */
  public Future<Integer> endpoints() {
    return deleted(
        """
        delete from endpoint_event where id in (
          select id from endpoint_event
          where outcome is not null and at < now() - $1::text::interval limit $2)
        """,
        lengths.deliveries().toString());
  }

  /**
   * @return how many entries were deleted
   */
  public Future<Integer> audit() {
    return deleted(
        """
        delete from audit where id in (
          select id from audit where at < now() - $1::text::interval order by at limit $2)
        """,
        lengths.audit().toString());
  }

  /** The members first: without them the record speaks of nobody, also if this is interrupted. */
  private Future<Void> forget(int audience) {
    return pool.preparedQuery("update audience set members = $2 where id = $1")
        .execute(Tuple.of(audience, nobody()))
        .compose(done ->
            emptied(
                """
                delete from ledger where ctid = any (array(
                  select ctid from ledger where audience = $1 limit $2))
                """,
                audience))
        .compose(done ->
            emptied(
                """
                delete from receipt where audience = $1 and subscriber in (
                  select subscriber from receipt where audience = $1 limit $2)
                """,
                audience))
        .compose(done ->
            emptied(
                """
                delete from bounce where audience = $1 and subscriber in (
                  select subscriber from bounce where audience = $1 limit $2)
                """,
                audience))
        .compose(done ->
            pool.preparedQuery("update audience set forgotten_at = now() where id = $1")
                .execute(Tuple.of(audience)))
        .mapEmpty();
  }

  private Future<Void> emptied(String sql, int audience) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(audience, BATCH))
        .compose(
            rows -> rows.rowCount() < BATCH ? Future.succeededFuture() : emptied(sql, audience));
  }

  private Future<Integer> deleted(String sql, String age) {
    return pool.preparedQuery(sql).execute(Tuple.of(age, BATCH)).map(rows -> rows.rowCount());
  }

  private static Buffer nobody() {
    RoaringBitmap none = new RoaringBitmap();
    ByteBuffer bytes = ByteBuffer.allocate(none.serializedSizeInBytes());
    none.serialize(bytes);
    return Buffer.buffer(bytes.array());
  }
}
