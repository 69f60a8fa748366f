package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import io.vertx.sqlclient.Pool;

/**
 * Writes subscribers as newline-delimited JSON, in the form that {@link SubscriberImport} reads and
 * without secrets. Who left or opted out is not in it, so no import of it can bring them back.
 */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class SubscriberExport {
  private final Pool pool;

  public SubscriberExport(Pool pool) {
    this.pool = pool;
  }

  /**
   * Does not end the stream.
   *
   * @return how many lines were written
   */
  public Future<Long> run(WriteStream<Buffer> lines) {
    throw new UnsupportedOperationException("" + pool);
  }
}
