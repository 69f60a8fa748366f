package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;
import tocsin.incident.Problem;

/** Tells one subscriber again what it was to be told, in the order of then. */
public final class Replays {
  public static final int MOST_AT_ONCE = 1_000;

  /** Audiences that one call reads the members of. */
  private static final int MOST_READ = 5_000;

  private static final int A_STEP = 50;

  private final Pool pool;
  private final FrozenAudiences audiences;
  private final Requeues requeues;

  /** Which updates. */
  public sealed interface Range {
    /** One of an incident. */
    record One(String incident, int sequence) implements Range {}

    /**
     * All that were accepted then.
     *
     * @param until exclusive
     */
    record Between(Instant from, Instant until) implements Range {}
  }

  /**
   * @param more whether there were more than one call replays
   * @param next when the first of these was accepted; of no meaning without more
   */
  public record Report(int replayed, boolean more, Instant next) {}

  private record Candidate(int audience, Instant acceptedAt) {}

  private record Found(List<DeliveryId> ids, boolean more, Instant next) {}

  public Replays(Pool pool, FrozenAudiences audiences) {
    this.pool = pool;
    this.audiences = audiences;
    this.requeues = new Requeues(pool, audiences);
  }

  /** What is pending already is told as it is. Fails with NOT_FOUND for an update that is not. */
  public Future<Report> replay(int subscriber, Channel channel, Range range, Instant now) {
    return candidates(channel, range)
        .compose(candidates -> find(subscriber, candidates, 0, new ArrayList<>()))
        .compose(found ->
            requeues
                .requeue(
                    found.ids().stream().map(id -> new Requeues.Order(id, null)).toList(),
                    new Requeues.Terms(Requeues.Kind.REPLAY, "replay", now))
                .map(done -> new Report(done.size(), found.more(), found.next())));
  }

  /** Oldest first, one more than are read. */
  private Future<List<Candidate>> candidates(Channel channel, Range range) {
    String select =
        "select a.id, u.accepted_at from audience a join incident_update u on u.id = a.update_id"
            + " where a.channel = $1 ";
    return switch (range) {
      case Range.One(String incident, int sequence) ->
          pool.preparedQuery(select + "and u.incident = $2 and u.sequence = $3 order by a.id")
              .execute(Tuple.of(channel.word(), incident, sequence))
              .map(Replays::candidates)
              .compose(found ->
                  found.isEmpty() ? known(incident, sequence) : Future.succeededFuture(found));
      case Range.Between(Instant from, Instant until) ->
          pool.preparedQuery(
                  select
                      + "and u.accepted_at >= $2 and u.accepted_at < $3"
                      + " order by u.accepted_at, a.id limit $4")
              .execute(Tuple.of(channel.word(), time(from), time(until), MOST_READ + 1))
              .map(Replays::candidates);
    };
  }

  /** None; fails with NOT_FOUND where there is no such update either. */
  private Future<List<Candidate>> known(String incident, int sequence) {
    return pool.preparedQuery("select from incident_update where incident = $1 and sequence = $2")
        .execute(Tuple.of(incident, sequence))
        .map(rows -> {
          if (rows.size() == 0) {
            throw Problem.notFound("there is no update " + incident + "/" + sequence).exception();
          }
          return List.of();
        });
  }

  private static List<Candidate> candidates(Iterable<Row> rows) {
    List<Candidate> candidates = new ArrayList<>();
    for (Row row : rows) {
      candidates.add(
          new Candidate(row.getInteger("id"), row.getOffsetDateTime("accepted_at").toInstant()));
    }
    return candidates;
  }

  private Future<Found> find(
      int subscriber, List<Candidate> candidates, int at, List<DeliveryId> found) {
    if (at >= candidates.size()) {
      return Future.succeededFuture(new Found(found, false, Instant.EPOCH));
    }
    List<Candidate> step = candidates.subList(at, Math.min(at + A_STEP, candidates.size()));
    return audiences
        .load(step.stream().map(Candidate::audience).toList())
        .compose(frozen -> {
          for (int i = 0; i < step.size(); i++) {
            Candidate candidate = step.get(i);
            FrozenAudience audience = frozen.get(candidate.audience());
            if (found.size() == MOST_AT_ONCE || at + i == MOST_READ) {
              return Future.succeededFuture(new Found(found, true, candidate.acceptedAt()));
            }
            if (audience != null && audience.members().contains(subscriber)) {
              found.add(new DeliveryId(audience.id(), subscriber));
            }
          }
          return find(subscriber, candidates, at + step.size(), found);
        });
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
