package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.incident.Problem;
import tocsin.incident.Update;

/** Deliveries that failed for good: for looking at, and for another try. */
public final class DeadLetters {
  /** The most that one call requeues: a second of work, and memory for so many rows. */
  public static final int MOST_AT_ONCE = 10_000;

  /**
   * Chunks {@code p} with anything failed of a selection, which is the first three parameters, from
   * the chunk in the fourth and fifth backwards; uses the index {@code ledger_failed}.
   */
  private static final String CHUNKS =
      """
      select distinct on (l.audience, l.chunk)
          l.audience, l.chunk, a.channel, a.priority, u.incident, u.sequence
        from ledger l
        join audience a on a.id = l.audience
        join incident_update u on u.id = a.update_id
       where l.state = 'failed'
         and ($1::text is null or u.incident = $1)
         and ($2::text is null or a.channel = $2)
         and ($3::text is null or l.reason = $3)
         and (l.audience, l.chunk) <= ($4, $5)
       order by l.audience desc, l.chunk desc
      """;

  /**
   * Dead letters {@code d} in such chunks. Ordered within the chunk, so that a page reads no more
   * chunks than it shows. What was requeued since, or proved to be sent, is none; uses the index
   * {@code ledger_reopened}.
   */
  static final String SELECTED =
      " from ("
          + CHUNKS
          + """
          ) p
          cross join lateral (
            select o.subscriber, l.attempts, l.reason, l.at,
                l.details[least(o.n, cardinality(l.details))] detail
              from ledger l
             cross join lateral unnest(l.subscribers) with ordinality o (subscriber, n)
             where l.audience = p.audience and l.chunk = p.chunk and l.state = 'failed'
               and ($3::text is null or l.reason = $3)
               and not exists (
                 select from ledger q
                  where q.audience = l.audience and q.chunk = l.chunk
                    and (q.reason = 'requeued' or q.state = 'sent' and q.reason = 'unknown')
                    and q.id > l.id and o.subscriber = any(q.subscribers))
             order by o.subscriber desc) d
          """;

  /**
   * Not those that the provider says it took, although they are on record as failed: it may say so
   * before we know that we do not know.
   */
  static final String REPEATABLE =
      """
      (d.reason <> 'unknown' or not exists (
          select from receipt r
           where r.audience = p.audience and r.subscriber = d.subscriber
             and r.state not in ('failed', 'undelivered', 'canceled')))
      """;

  /** Newest update first; a chunk holds a range of subscribers, so this is by delivery id. */
  static final String ORDER = " order by p.audience desc, p.chunk desc, d.subscriber desc ";

  private final Pool pool;
  private final FrozenAudiences audiences;

  /**
   * What a call requeued.
   *
   * @param more whether there were more than it may requeue
   */
  public record Report(int requeued, boolean more) {}

  public DeadLetters(Pool pool, FrozenAudiences audiences) {
    this.pool = pool;
    this.audiences = audiences;
  }

  /** Newest update first; {@code after} is the last one of the page before. */
  public Future<List<DeadLetter>> list(Selection selection, @Nullable DeliveryId after, int limit) {
    return place(after)
        .compose(place ->
            pool.preparedQuery(
                    "select p.*, d.*"
                        + SELECTED
                        + "where (p.audience, d.subscriber) < ($4, $6)"
                        + ORDER
                        + "limit $7")
                .execute(
                    Tuple.of(
                        selection.incident(),
                        selection.channelWord(),
                        selection.reasonWord(),
                        place.audience(),
                        place.chunk(),
                        place.subscriber(),
                        limit)))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(DeadLetters::of).toList());
  }

  private record Place(int audience, int chunk, int subscriber) {
    static final Place END = new Place(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  private Future<Place> place(@Nullable DeliveryId id) {
    if (id == null) {
      return Future.succeededFuture(Place.END);
    }
    return audiences
        .load(id.audience())
        .map(found ->
            new Place(
                id.audience(),
                found.map(audience -> audience.chunkOf(id.subscriber())).orElse(Integer.MAX_VALUE),
                id.subscriber()));
  }

  private static DeadLetter of(Row row) {
    return new DeadLetter(
        new DeliveryId(row.getInteger("audience"), row.getInteger("subscriber")),
        row.getInteger("chunk"),
        row.getString("incident"),
        row.getInteger("sequence"),
        Channel.of(row.getString("channel")).orElseThrow(),
        row.getInteger("attempts"),
        row.getString("reason"),
        row.getString("detail"),
        row.getOffsetDateTime("at").toInstant());
  }

  /**
   * Makes all that are meant due at once, as if they were new and had never been tried; at most
   * {@link #MOST_AT_ONCE}. None is requeued twice, however many callers there are.
   */
  public Future<Report> requeue(Selection selection) {
    return pool.withTransaction(connection -> new LetterRequeue(connection).all(selection))
        .map(Objects::requireNonNull);
  }

  /**
   * Requeues one; the update that it tells of.
   *
   * @throws tocsin.incident.ProblemException as the failure: there is no such delivery, or it is
   *     not failed (now), or the provider took it
   */
  public Future<Update> requeue(DeliveryId id) {
    return audiences
        .load(id.audience())
        .compose(found -> {
          FrozenAudience audience =
              found
                  .filter(frozen -> frozen.members().contains(id.subscriber()))
                  .orElseThrow(() -> Problem.notFound("there is no delivery " + id).exception());
          int chunk = audience.chunkOf(id.subscriber());
          return pool.withTransaction(connection -> new LetterRequeue(connection).one(id, chunk))
              .map(requeued -> {
                if (requeued == 0) {
                  throw Problem.conflict(
                          "the delivery " + id + " has not failed, or was taken after all")
                      .exception();
                }
                return audience.update();
              });
        });
  }
}
