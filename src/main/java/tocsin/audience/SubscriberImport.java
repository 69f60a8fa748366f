package tocsin.audience;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Objects;

/**
 * Reads subscribers from newline-delimited JSON of any length, in bounded memory: one page of lines
 * is parsed on a worker while another is written, and the stream is paused meanwhile.
 */
public final class SubscriberImport {
  private final Vertx vertx;
  private final Pool pool;
  private final LineReader reader;
  private final WebhookRules webhooks;
  private final Suppressions suppressions;

  public SubscriberImport(
      Vertx vertx,
      Pool pool,
      SubscriberJson json,
      WebhookRules webhooks,
      Suppressions suppressions) {
    this.vertx = vertx;
    this.pool = pool;
    this.reader = new LineReader(json);
    this.webhooks = webhooks;
    this.suppressions = suppressions;
  }

  /**
   * Keeps the good lines and reports the bad. Where it fails half way, what was kept stays, and the
   * same file may be given again.
   *
   * @param lines not yet flowing, or paused
   * @param source whose word the consent is where a line holds none: {@code import:<key name>}
   */
  public Future<ImportReport> run(ReadStream<Buffer> lines, String source) {
    return new ImportRun(lines, this::read, new ImportWriter(pool, webhooks, suppressions, source))
        .start();
  }

  private Future<ImportPage> read(List<ImportLine> lines) {
    return vertx
        .executeBlocking(() -> ImportPage.read(lines, reader), false)
        .map(page -> Objects.requireNonNull(page));
  }
}
