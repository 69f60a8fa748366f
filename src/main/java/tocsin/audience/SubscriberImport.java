package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.sqlclient.Pool;

/** Reads subscribers from newline-delimited JSON of any length, in bounded memory. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class SubscriberImport {
  private final Vertx vertx;
  private final Pool pool;
  private final SubscriberJson json;
  private final WebhookRules webhooks;

  public SubscriberImport(Vertx vertx, Pool pool, SubscriberJson json, WebhookRules webhooks) {
    this.vertx = vertx;
    this.pool = pool;
    this.json = json;
    this.webhooks = webhooks;
  }

  /**
   * Keeps the good lines and reports the bad. Where it fails half way, what was kept stays, and the
   * same file may be given again.
   *
   * @param lines not yet flowing, or paused
   * @param source whose word the consent is where a line holds none: {@code import:<key name>}
   */
  public Future<ImportReport> run(ReadStream<Buffer> lines, String source) {
    throw new UnsupportedOperationException("" + vertx + pool + json + webhooks);
  }
}
