package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tocsin.audience.DeliveryId;

/**
 * Makes settled deliveries pending again, whatever they came to. What is pending stays as it is, so
 * that a repetition finds nothing to do; the account adds up all the while.
 */
public final class Requeues {
  public static final int MOST_AT_ONCE = 10_000;

  private static final String SETTLED =
      """
      with wanted as materialized (
        select * from unnest($1::int[], $2::int[], $3::int[], $4::text[])
          as w (audience, chunk, subscriber, sent_as)),
      settled as materialized (
        select w.audience, w.chunk, w.subscriber, l.state, a.channel, a.priority,
            case when $5 then 0 else l.attempts end attempts, $6::timestamptz due_at,
            case when $5 then now() end requeued_at, $5::boolean replay, $7::text why
          from wanted w
          join audience a on a.id = w.audience
         cross join lateral (
           select state, attempts,
               details[least(array_position(subscribers, w.subscriber), cardinality(details))] detail
             from ledger
            where audience = w.audience and chunk = w.chunk and w.subscriber = any(subscribers)
            order by id desc limit 1) l
         where l.state <> 'deferred'
           and (w.sent_as is null or l.state = 'sent' and l.detail = w.sent_as)
           and not exists (
             select from retry r where r.audience = w.audience and r.subscriber = w.subscriber))
      """;

  private final Pool pool;
  private final FrozenAudiences audiences;

  /** How a delivery is told again. */
  public enum Kind {
    /** As if it were new, and whatever is newer: its tries and its age begin again. */
    REPLAY,
    /** Its tries and its age go on, and it gives way to newer updates. */
    RETRY
  }

  /**
   * One settled delivery.
   *
   * @param sentAs only if it was sent under this id of the provider's; null: whatever became of it
   */
  public record Order(DeliveryId id, @Nullable String sentAs) {}

  /**
   * @param why for the record, in a word
   * @param due when it is tried
   */
  public record Terms(Kind kind, String why, Instant due) {}

  private record Place(int audience, int chunk, Order order) {}

  public Requeues(Pool pool, FrozenAudiences audiences) {
    this.pool = pool;
    this.audiences = audiences;
  }

  /** Those that were requeued; never what is pending, or is no delivery. At most 10,000. */
  public Future<List<DeliveryId>> requeue(Collection<Order> orders, Terms terms) {
    Map<DeliveryId, Order> once = new LinkedHashMap<>();
    orders.forEach(order -> once.putIfAbsent(order.id(), order));
    if (once.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException(once.size() + " deliveries at once");
    }
    return audiences
        .load(once.keySet().stream().map(DeliveryId::audience).distinct().toList())
        .compose(found -> {
          List<Place> places = new ArrayList<>();
          once.values().forEach(order -> place(found, order, places));
          return places.isEmpty()
              ? Future.succeededFuture(List.<DeliveryId>of())
              : pool.withTransaction(connection -> requeue(connection, places, terms))
                  .map(Objects::requireNonNull);
        });
  }

  private static void place(Map<Integer, FrozenAudience> found, Order order, List<Place> places) {
    FrozenAudience audience = found.get(order.id().audience());
    int subscriber = order.id().subscriber();
    if (audience != null && audience.members().contains(subscriber)) {
      places.add(new Place(audience.id(), audience.chunkOf(subscriber), order));
    }
  }

  private static Future<List<DeliveryId>> requeue(
      SqlConnection connection, List<Place> places, Terms terms) {
    Integer[] audiences = places.stream().map(Place::audience).toArray(Integer[]::new);
    Integer[] chunks = places.stream().map(Place::chunk).toArray(Integer[]::new);
    return Reopening.lock(connection, audiences, chunks)
        .compose(locked ->
            Reopening.write(
                connection,
                SETTLED,
                Tuple.of(
                    audiences,
                    chunks,
                    places.stream()
                        .map(place -> place.order().id().subscriber())
                        .toArray(Integer[]::new),
                    places.stream().map(place -> place.order().sentAs()).toArray(String[]::new),
                    terms.kind() == Kind.REPLAY,
                    terms.due().atOffset(ZoneOffset.UTC),
                    "requeued: " + terms.why())));
  }
}
