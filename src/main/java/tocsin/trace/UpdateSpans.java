package tocsin.trace;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import tocsin.trace.Traces.UpdateKey;

/** The spans that updates came with, on record beside them. */
final class UpdateSpans {
  private static final int MOST_REMEMBERED = 1_000;

  private final Pool pool;
  private final Cache<UpdateKey, SpanContext> known =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  UpdateSpans(Pool pool) {
    this.pool = pool;
  }

  /** An invalid one where there is none. */
  Future<SpanContext> of(UpdateKey update) {
    SpanContext remembered = known.getIfPresent(update);
    return remembered == null
        ? find(update).onSuccess(found -> known.put(update, found))
        : Future.succeededFuture(remembered);
  }

  private Future<SpanContext> find(UpdateKey update) {
    return pool.preparedQuery(
            "select trace from incident_update where incident = $1 and sequence = $2")
        .execute(Tuple.of(update.incident(), update.sequence()))
        .map(rows -> {
          for (Row row : rows) {
            return TraceParent.parse(row.getString("trace"));
          }
          return SpanContext.getInvalid();
        });
  }
}
