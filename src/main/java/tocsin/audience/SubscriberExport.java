package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Writes subscribers as newline-delimited JSON, in the form that {@link SubscriberImport} reads and
 * without secrets. Who left or opted out is not in it, so no import of it can bring them back.
 */
public final class SubscriberExport {
  private static final int PAGE = 1_000;
  private final Pool pool;

  public SubscriberExport(Pool pool) {
    this.pool = pool;
  }

  /**
   * In order of their ids. Does not end the stream.
   *
   * @return how many lines were written
   */
  public Future<Long> run(WriteStream<Buffer> lines) {
    Promise<Long> done = Promise.promise();
    next(lines, 0, 0L, done);
    return done.future();
  }

  /** A loop by hand: composed futures would nest as deep as there are pages. */
  private void next(WriteStream<Buffer> lines, int after, long count, Promise<Long> done) {
    page(after)
        .compose(page -> write(lines, page).map(written -> page))
        .onFailure(done::fail)
        .onSuccess(page -> {
          if (page.size() < PAGE) {
            done.complete(count + page.size());
          } else {
            next(lines, page.getLast().id(), count + page.size(), done);
          }
        });
  }

  private Future<List<Subscriber>> page(int after) {
    return pool.preparedQuery(
            """
            select %s from subscriber
            where id > $1 and standing in ('active', 'quarantined', 'disabled')
            order by id limit $2
            """
                .formatted(SubscriberRow.COLUMNS))
        .execute(Tuple.of(after, PAGE))
        .map(SubscriberRow::subscribers);
  }

  private static Future<Void> write(WriteStream<Buffer> lines, List<Subscriber> page) {
    return page.isEmpty() ? Future.succeededFuture() : lines.write(print(page));
  }

  private static Buffer print(List<Subscriber> page) {
    var lines = Buffer.buffer();
    for (Subscriber subscriber : page) {
      lines.appendBuffer(SubscriberJson.printed(subscriber).toBuffer()).appendString("\n");
    }
    return lines;
  }
}
