package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Standing;

/**
 * Endpoints that were given up, each event written in the transaction that gave one up. Leased like
 * all work: who claims one has a while to deal with it before somebody else does.
 */
public final class EndpointEvents {
  private final Pool pool;

  /**
   * One that is to be dealt with.
   *
   * @param attempts how often it was claimed, this time included
   * @param address the endpoint's URL
   * @param contact whom to tell; null: nobody
   * @param failure the last one's reason, in a word; null where it is not known
   */
  public record Event(
      long id,
      int subscriber,
      Standing standing,
      Instant at,
      int attempts,
      String address,
      String locale,
      String timeZone,
      @Nullable String contact,
      @Nullable String failure) {
    /** Without addresses. */
    @Override
    public String toString() {
      return "Event[" + id + " " + subscriber + " " + standing.word() + "]";
    }
  }

  /** What became of the mail to the owner. */
  public enum Result {
    SENT,
    FAILED,
    NOBODY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public EndpointEvents(Pool pool) {
    this.pool = pool;
  }

  /** Claims up to so many that are due; uses the index endpoint_event_due. */
  public Future<List<Event>> claim(int limit, Duration lease) {
    return pool.preparedQuery(
            """
            with chosen as (
              select id from endpoint_event where outcome is null and due_at <= now()
               order by due_at limit $1 for update skip locked),
            claimed as (
              update endpoint_event e set attempts = least(attempts + 1, 10000),
                  due_at = now() + $2 * interval '1 ms'
                from chosen where e.id = chosen.id
              returning e.id, e.subscriber, e.standing, e.at, e.attempts)
            select e.*, s.address, s.locale, s.time_zone, s.contact, h.last_failure
              from claimed e join subscriber s on s.id = e.subscriber
              left join endpoint_health h on h.subscriber = e.subscriber
            """)
        .execute(Tuple.of(limit, (double) lease.toMillis()))
        .map(rows ->
            StreamSupport.stream(rows.spliterator(), false).map(EndpointEvents::event).toList());
  }

  public Future<Void> ended(long id, Result result) {
    return pool.preparedQuery("update endpoint_event set outcome = $2 where id = $1")
        .execute(Tuple.of(id, result.word()))
        .mapEmpty();
  }

  /** Tries again after so long. */
  public Future<Void> again(long id, Duration after) {
    return pool.preparedQuery(
            "update endpoint_event set due_at = now() + $2 * interval '1 ms' where id = $1")
        .execute(Tuple.of(id, (double) after.toMillis()))
        .mapEmpty();
  }

  private static Event event(Row row) {
    return new Event(
        row.getLong("id"),
        row.getInteger("subscriber"),
        Standing.of(row.getString("standing")).orElseThrow(),
        row.getOffsetDateTime("at").toInstant(),
        row.getInteger("attempts"),
        row.getString("address"),
        row.getString("locale"),
        row.getString("time_zone"),
        row.getString("contact"),
        row.getString("last_failure"));
  }
}
