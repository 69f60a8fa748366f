package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;
import tocsin.channel.Reason;

/**
 * Requeues dead letters within one transaction: finds their chunks, locks the audiences and then
 * the chunks, each in their order, and requeues what is still dead then. Whoever settles one, or
 * requeues it too, needs the chunk.
 */
record Requeue(SqlConnection connection) {

  private record Places(List<Integer> audiences, List<Integer> chunks, int letters) {
    Integer[] audienceIds() {
      return audiences.toArray(Integer[]::new);
    }

    Integer[] chunkNumbers() {
      return chunks.toArray(Integer[]::new);
    }
  }

  Future<DeadLetters.Report> all(Selection selection) {
    return places(selection)
        .compose(places ->
            lock(connection, places.audienceIds(), places.chunkNumbers())
                .compose(locked -> write(selection, places, null))
                .map(requeued ->
                    new DeadLetters.Report(requeued, places.letters() > DeadLetters.MOST_AT_ONCE)));
  }

  /** One or none. */
  Future<Integer> one(DeliveryId id, int chunk) {
    Places place = new Places(List.of(id.audience()), List.of(chunk), 1);
    return lock(connection, place.audienceIds(), place.chunkNumbers())
        .compose(locked -> write(Selection.ALL, place, id.subscriber()));
  }

  private Future<Places> places(Selection selection) {
    return connection
        .preparedQuery(
            "select audience, chunk, count(*)::int letters from (select p.audience, p.chunk"
                + DeadLetters.SELECTED
                + " where "
                + DeadLetters.REPEATABLE
                + DeadLetters.ORDER
                + "limit $6) letter group by audience, chunk")
        .execute(
            Tuple.of(
                selection.incident(),
                selection.channelWord(),
                selection.reasonWord(),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                DeadLetters.MOST_AT_ONCE + 1))
        .map(Requeue::places);
  }

  private static Places places(RowSet<Row> rows) {
    List<Integer> audiences = new ArrayList<>();
    List<Integer> chunks = new ArrayList<>();
    int letters = 0;
    for (Row row : rows) {
      audiences.add(row.getInteger("audience"));
      chunks.add(row.getInteger("chunk"));
      letters += row.getInteger("letters");
    }
    return new Places(audiences, chunks, letters);
  }

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

  private Future<Integer> write(Selection selection, Places places, @Nullable Integer subscriber) {
    return connection
        .preparedQuery(
            "with letter as materialized ("
                + "select p.audience, p.chunk, d.subscriber, p.channel, p.priority"
                + DeadLetters.SELECTED
                + " where "
                + DeadLetters.REPEATABLE
                + """
                    and (p.audience, p.chunk) in (select * from unnest($6::int[], $7::int[]))
                    and ($8::int is null or d.subscriber = $8)
                """
                + DeadLetters.ORDER
                + """
                  limit $9),
                retried as (
                  insert into retry (audience, subscriber, chunk, channel, priority, attempts, reason,
                    due_at, requeued_at)
                  select audience, subscriber, chunk, channel, priority, 0, $10, now(), now() from letter
                ),
                recorded as (
                  insert into ledger (audience, chunk, state, attempts, reason, subscribers, details)
                  select audience, chunk, 'deferred', 0, $10, array_agg(subscriber order by subscriber),
                      array[$10]
                    from letter group by audience, chunk
                ),
                tally as (
                  select audience, chunk, count(*) letters from letter group by audience, chunk
                ),
                moved as (
                  update chunk c set failed = c.failed - t.letters
                    from tally t where c.audience = t.audience and c.number = t.chunk
                ),
                reopened as (
                  update audience set completed_at = null
                   where id in (select audience from letter) and completed_at is not null
                )
                select count(*)::int requeued,
                    coalesce(array_agg(distinct channel), '{}') channels
                  from letter
                """)
        .execute(
            Tuple.of(
                selection.incident(),
                selection.channelWord(),
                selection.reasonWord(),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                places.audienceIds(),
                places.chunkNumbers(),
                subscriber,
                DeadLetters.MOST_AT_ONCE,
                Reason.REQUEUED.word()))
        .compose(rows -> {
          Row row = rows.iterator().next();
          return announce(connection, row.getArrayOfStrings("channels"))
              .map(row.getInteger("requeued"));
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
