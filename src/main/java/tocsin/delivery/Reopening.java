package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tocsin.audience.DeliveryId;

/** Makes settled deliveries pending again, within one transaction; the account adds up after it. */
final class Reopening {
  private static final String WRITE =
      """
      , retried as (
        insert into retry (audience, subscriber, chunk, channel, priority, attempts, reason,
          due_at, requeued_at, replay)
        select audience, subscriber, chunk, channel, priority, attempts, 'requeued', due_at,
            requeued_at, replay
          from settled),
      recorded as (
        insert into ledger (audience, chunk, state, attempts, reason, subscribers, details)
        select audience, chunk, 'deferred', attempts, 'requeued',
            array_agg(subscriber order by subscriber), array[why]
          from settled group by audience, chunk, attempts, why),
      tally as (
        select audience, chunk,
            count(*) filter (where state = 'sent') sent,
            count(*) filter (where state = 'failed') failed,
            count(*) filter (where state = 'suppressed') suppressed,
            count(*) filter (where state = 'withdrawn') withdrawn,
            count(*) filter (where state = 'superseded') superseded
          from settled group by audience, chunk),
      moved as (
        update chunk c set sent = c.sent - t.sent, failed = c.failed - t.failed,
            suppressed = c.suppressed - t.suppressed, withdrawn = c.withdrawn - t.withdrawn,
            superseded = c.superseded - t.superseded
          from tally t where c.audience = t.audience and c.number = t.chunk),
      forgotten as (
        delete from receipt r using settled s
         where r.audience = s.audience and r.subscriber = s.subscriber),
      reopened as (
        update audience set completed_at = null
         where id in (select audience from settled) and completed_at is not null)
      select audience, subscriber, channel from settled
      """;

  private Reopening() {}

  /** The audiences and then the chunks, each in their order; whoever settles needs the chunk. */
  static Future<Void> lock(SqlConnection connection, Integer[] audiences, Integer[] chunks) {
    return connection
        .preparedQuery("select from audience where id = any($1) order by id for no key update")
        .execute(Tuple.from(new Object[] {audiences}))
        .compose(locked ->
            connection
                .preparedQuery(
                    """
                    select from chunk
                     where (audience, number) in (select * from unnest($1::int[], $2::int[]))
                     order by audience, number for no key update
                    """)
                .execute(Tuple.from(List.of(audiences, chunks))))
        .mapEmpty();
  }

  /**
   * Those that are pending now; their lanes are woken once the transaction is committed.
   *
   * @param settled common table expressions, the last of them {@code settled (audience, chunk,
   *     subscriber, state, channel, priority, attempts, due_at, requeued_at, replay, why)}
   */
  static Future<List<DeliveryId>> write(
      SqlConnection connection, String settled, Tuple parameters) {
    return connection
        .preparedQuery(settled + WRITE)
        .execute(parameters)
        .compose(rows -> {
          List<DeliveryId> pending = new ArrayList<>(rows.size());
          Set<String> channels = new LinkedHashSet<>();
          for (Row row : rows) {
            pending.add(new DeliveryId(row.getInteger("audience"), row.getInteger("subscriber")));
            channels.add(row.getString("channel"));
          }
          return announce(connection, channels.toArray(String[]::new)).map(pending);
        });
  }

  /** Wakes the lanes of these channels on all nodes, once the transaction is committed. */
  static Future<Void> announce(SqlConnection connection, String[] channels) {
    return connection
        .preparedQuery("select pg_notify($1, channel) from unnest($2::text[]) channel")
        .execute(Tuple.from(List.of(Plans.TOPIC, channels)))
        .mapEmpty();
  }
}
