package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads what the index holds of each subscriber, page by page. */
final class AudienceRows {
  private static final int PAGE = 2_000;
  private static final String COLUMNS =
      """
      s.id, s.channel, s.standing not in ('unsubscribed', 'deleted') as present,
      s.subscriptions::text as subscriptions, c.regions, c.segments,
      coalesce(c.priority, 'normal') as priority
      """;

  private static final String PRESENT =
      """
      select %s
      from subscriber s left join customer c on c.id = s.customer
      where s.standing not in ('unsubscribed', 'deleted')
      """
          .formatted(COLUMNS);

  /** By the indexes subscriber_changed, customer_changed and subscriber_customer. */
  private static final String CHANGED =
      """
      select %1$s
      from subscriber s left join customer c on c.id = s.customer
      where s.changed >= $1::text::xid8
      union all
      select %1$s
      from customer c join subscriber s on s.customer = c.id
      where c.changed >= $1::text::xid8 and s.changed < $1::text::xid8
      """
          .formatted(COLUMNS);

  private final Pool pool;

  AudienceRows(Pool pool) {
    this.pool = pool;
  }

  /**
   * Every subscriber at most once: all present ones, or whoever changed or whose customer did since
   * a watermark.
   *
   * @param watermark of an earlier read, null: none
   * @return the watermark of this read
   */
  Future<String> since(@Nullable String watermark, Consumer<RowSet<Row>> pages) {
    Tuple arguments = watermark == null ? Tuple.tuple() : Tuple.of(watermark);
    String sql = watermark == null ? PRESENT : CHANGED;
    return watermark()
        .compose(following ->
            pool.withTransaction(transaction -> read(transaction, sql, arguments, pages))
                .map(done -> following));
  }

  private Future<String> watermark() {
    return pool.query("select pg_snapshot_xmin(pg_current_snapshot())::text as watermark")
        .execute()
        .map(rows -> rows.iterator().next().getString("watermark"));
  }

  private static Future<Void> read(
      SqlConnection transaction, String sql, Tuple arguments, Consumer<RowSet<Row>> pages) {
    return transaction
        .prepare(sql)
        .compose(statement -> {
          Promise<Void> done = Promise.promise();
          drain(statement.cursor(arguments), pages, done);
          return done.future();
        });
  }

  /** A loop by hand: composed futures would nest as deep as there are pages. */
  private static void drain(Cursor cursor, Consumer<RowSet<Row>> pages, Promise<Void> done) {
    cursor
        .read(PAGE)
        .map(page -> {
          pages.accept(page);
          return cursor.hasMore();
        })
        .onSuccess(more -> {
          if (more) {
            drain(cursor, pages, done);
          } else {
            cursor.close().onComplete(done);
          }
        })
        .onFailure(done::fail);
  }
}
