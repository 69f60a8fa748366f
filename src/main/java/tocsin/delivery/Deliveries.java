package tocsin.delivery;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import tocsin.audience.Channel;
import tocsin.audience.DeliveryId;

/** The account and the record of every recipient, for reading. */
public final class Deliveries {
  private static final int AUDIENCES_A_STEP = 20;

  private final Pool pool;
  private final FrozenAudiences audiences;

  public Deliveries(Pool pool, FrozenAudiences audiences) {
    this.pool = pool;
    this.audiences = audiences;
  }

  /** The account of each channel, read in one statement; empty while the update is not planned. */
  public Future<Map<Channel, Account>> account(int updateId) {
    return pool.preparedQuery(
            "select a.channel, sum(a.size)::int size, "
                + Account.SUMS
                + " from audience a "
                + Account.CHUNKS
                + " where a.update_id = $1 group by a.channel")
        .execute(Tuple.of(updateId))
        .map(rows -> {
          Map<Channel, Account> accounts = new EnumMap<>(Channel.class);
          for (Row row : rows) {
            accounts.put(Channel.of(row.getString("channel")).orElseThrow(), Account.of(row));
          }
          return accounts;
        });
  }

  /**
   * By channel and priority, then subscriber id; {@code after} is the last one of the page before.
   */
  public Future<List<Delivery>> ofUpdate(int updateId, @Nullable DeliveryId after, int limit) {
    return audiences
        .ofUpdate(updateId)
        .compose(found -> {
          Future<List<Delivery>> page = Future.succeededFuture(new ArrayList<>());
          for (FrozenAudience audience : found) {
            if (after == null || audience.id() >= after.audience()) {
              int from =
                  after != null && audience.id() == after.audience() ? after.subscriber() + 1 : 0;
              page = page.compose(deliveries -> fill(deliveries, audience, from, limit));
            }
          }
          return page;
        });
  }

  private Future<List<Delivery>> fill(
      List<Delivery> page, FrozenAudience audience, int from, int limit) {
    int[] ids = new int[limit - page.size()];
    PeekableIntIterator iterator = audience.members().getIntIterator();
    iterator.advanceIfNeeded(from);
    int count = 0;
    while (count < ids.length && iterator.hasNext()) {
      ids[count++] = iterator.next();
    }
    return read(audience, Arrays.copyOf(ids, count))
        .map(more -> {
          page.addAll(more);
          return page;
        });
  }

  /** Newest update first; {@code after} is the last one of the page before. */
  public Future<List<Delivery>> ofSubscriber(
      int subscriber, int limit, @Nullable DeliveryId after) {
    return pool.preparedQuery("select channel from subscriber where id = $1")
        .execute(Tuple.of(subscriber))
        .compose(rows ->
            rows.size() == 0
                ? Future.succeededFuture(List.of())
                : ofSubscriber(
                    subscriber,
                    Channel.of(rows.iterator().next().getString("channel")).orElseThrow(),
                    limit,
                    after == null ? Integer.MAX_VALUE : after.audience(),
                    new ArrayList<>()));
  }

  private Future<List<Delivery>> ofSubscriber(
      int subscriber, Channel channel, int limit, int below, List<Delivery> page) {
    return audiences
        .newestBelow(below, channel, AUDIENCES_A_STEP)
        .compose(found -> {
          Future<Void> read = Future.succeededFuture();
          for (FrozenAudience audience : found) {
            if (audience.members().contains(subscriber)) {
              read =
                  read.compose(done ->
                      page.size() < limit
                          ? read(audience, new int[] {subscriber})
                              .onSuccess(page::addAll)
                              .<Void>mapEmpty()
                          : Future.succeededFuture());
            }
          }
          return read.compose(done ->
              found.size() < AUDIENCES_A_STEP || page.size() == limit
                  ? Future.succeededFuture(page)
                  : ofSubscriber(subscriber, channel, limit, found.getLast().id(), page));
        });
  }

  private record Recorded(String state, int attempts, String detail, Instant at) {}

  private record Noted(String state, @Nullable Instant due) {}

  private Future<List<Delivery>> read(FrozenAudience audience, int[] ids) {
    if (ids.length == 0) {
      return Future.succeededFuture(List.of());
    }
    Integer[] subscribers = Arrays.stream(ids).boxed().toArray(Integer[]::new);
    Tuple parameters =
        Tuple.of(
            audience.id(),
            audience.chunkOf(ids[0]),
            audience.chunkOf(ids[ids.length - 1]),
            subscribers);
    Future<Map<Integer, Recorded>> recorded =
        pool.preparedQuery(
                """
                select distinct on (o.subscriber) o.subscriber, l.state, l.attempts, l.at,
                    l.details[least(o.n, cardinality(l.details))] detail
                  from ledger l
                 cross join unnest(l.subscribers) with ordinality o (subscriber, n)
                 where l.audience = $1 and l.chunk between $2 and $3 and o.subscriber = any($4)
                 order by o.subscriber, l.id desc
                """)
            .execute(parameters)
            .map(rows -> {
              Map<Integer, Recorded> last = new HashMap<>();
              for (Row row : rows) {
                last.put(
                    row.getInteger("subscriber"),
                    new Recorded(
                        row.getString("state"),
                        row.getInteger("attempts"),
                        row.getString("detail"),
                        row.getOffsetDateTime("at").toInstant()));
              }
              return last;
            });
    Future<Map<Integer, Noted>> noted =
        pool.preparedQuery(
                """
                select coalesce(r.subscriber, p.subscriber) subscriber, p.state, r.due_at
                  from (select * from retry where audience = $1 and subscriber = any($2)) r
                  full join (select * from receipt where audience = $1 and subscriber = any($2)) p
                    using (audience, subscriber)
                """)
            .execute(Tuple.from(List.of(audience.id(), subscribers)))
            .map(rows -> {
              Map<Integer, Noted> notes = new HashMap<>();
              for (Row row : rows) {
                OffsetDateTime due = row.getOffsetDateTime("due_at");
                notes.put(
                    row.getInteger("subscriber"),
                    new Noted(row.getString("state"), due == null ? null : due.toInstant()));
              }
              return notes;
            });
    return Future.all(recorded, noted)
        .map(both -> {
          List<Delivery> deliveries = new ArrayList<>();
          for (int id : ids) {
            deliveries.add(
                delivery(audience, id, recorded.result().get(id), noted.result().get(id)));
          }
          return deliveries;
        });
  }

  private static Delivery delivery(
      FrozenAudience audience, int subscriber, @Nullable Recorded recorded, @Nullable Noted noted) {
    Instant due = noted == null ? null : noted.due();
    DeliveryState state = DeliveryState.PENDING;
    if (due != null) {
      state = DeliveryState.DEFERRED;
    } else if (recorded != null) {
      state = DeliveryState.of(recorded.state());
    }
    return new Delivery(
        new DeliveryId(audience.id(), subscriber),
        audience.update().incident(),
        audience.update().sequence(),
        audience.channel(),
        state,
        recorded == null ? 0 : recorded.attempts(),
        recorded == null ? null : recorded.detail(),
        recorded == null ? null : recorded.at(),
        noted == null ? null : noted.state(),
        due);
  }
}
