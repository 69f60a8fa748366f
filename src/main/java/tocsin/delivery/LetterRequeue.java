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
record LetterRequeue(SqlConnection connection) {

  private static final String SETTLED =
      "with settled as materialized ("
          + "select p.audience, p.chunk, d.subscriber, 'failed' state, p.channel, p.priority,"
          + " 0 attempts, now() due_at, now() requeued_at, false replay, $10::text why"
          + DeadLetters.SELECTED
          + " where "
          + DeadLetters.REPEATABLE
          + """
              and (p.audience, p.chunk) in (select * from unnest($6::int[], $7::int[]))
              and ($8::int is null or d.subscriber = $8)
          """
          + DeadLetters.ORDER
          + "limit $9)";

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
            Reopening.lock(connection, places.audienceIds(), places.chunkNumbers())
                .compose(locked -> write(selection, places, null))
                .map(requeued ->
                    new DeadLetters.Report(requeued, places.letters() > DeadLetters.MOST_AT_ONCE)));
  }

  /** One or none. */
  Future<Integer> one(DeliveryId id, int chunk) {
    Places place = new Places(List.of(id.audience()), List.of(chunk), 1);
    return Reopening.lock(connection, place.audienceIds(), place.chunkNumbers())
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
        .map(LetterRequeue::places);
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

  private Future<Integer> write(Selection selection, Places places, @Nullable Integer subscriber) {
    return Reopening.write(
            connection,
            SETTLED,
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
        .map(List::size);
  }
}
