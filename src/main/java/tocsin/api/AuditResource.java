package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tocsin.store.Audit;
import tocsin.store.AuditEntry;
import tocsin.store.AuditFilter;

/** {@code /v1/audit}: who changed what. */
public final class AuditResource implements Resource {
  private final Audit audit;

  public AuditResource(Audit audit) {
    this.audit = audit;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("listAudit", this::list);
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    var filter =
        new AuditFilter(
            call.optional("actor").orElse(null),
            call.optional("subject").orElse(null),
            time(call, "from"),
            time(call, "until"));
    long before = page.cursor().isPresent() ? page.afterLong() : Long.MAX_VALUE;
    return audit
        .list(filter, before, page.limit())
        .map(found ->
            page.of(
                call, "audit", found, AuditResource::print, entry -> Long.toString(entry.id())));
  }

  private static JsonObject print(AuditEntry entry) {
    var json =
        new JsonObject()
            .put("id", entry.id())
            .put("at", entry.at().toString())
            .put("actor", entry.actor())
            .put("action", entry.action())
            .put("subject", entry.subject());
    put(json, "detail", entry.detail());
    put(json, "outcome", entry.outcome());
    put(json, "status", entry.status());
    return json;
  }

  private static void put(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static @Nullable Instant time(Call call, String parameter) {
    return call.optional(parameter)
        .map(text -> OffsetDateTime.parse(text).toInstant())
        .orElse(null);
  }
}
