package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import tocsin.audience.Channel;
import tocsin.audience.SuppressionImport;
import tocsin.audience.SuppressionJson;
import tocsin.audience.SuppressionList;
import tocsin.audience.SuppressionReason;

/** {@code /v1/suppressions}: addresses that may not become subscribers by us. */
public final class SuppressionResource implements Resource {
  private final SuppressionList list;

  public SuppressionResource(SuppressionList list) {
    this.list = list;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "listSuppressions", this::list,
        "putSuppression", this::put,
        "deleteSuppression", this::delete,
        "importSuppressions", this::read,
        "exportSuppressions", this::write);
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    return list.list(
            call.optional("channel").flatMap(Channel::of).orElse(null),
            call.optional("reason").flatMap(SuppressionReason::of).orElse(null),
            call.optional("address").map(SuppressionJson::addresses).orElse(null),
            page.afterLong(),
            page.limit())
        .map(found ->
            page.of(
                call,
                "suppressions",
                found,
                SuppressionJson::print,
                entry -> Long.toString(entry.id())));
  }

  private Future<Answer> put(Call call) {
    return list.put(SuppressionJson.parse(call.body()), "api:" + call.caller().name())
        .map(entry -> Answer.ok(SuppressionJson.print(entry)));
  }

  private Future<Answer> delete(Call call) {
    return list.remove(Long.parseLong(call.text("id"))).map(new Answer.Done());
  }

  private Future<Answer> read(Call call) {
    if ("100-continue".equalsIgnoreCase(call.request().getHeader(HttpHeaders.EXPECT))) {
      call.request().response().writeContinue();
    }
    return new SuppressionImport(list)
        .run(call.request(), "import:" + call.caller().name())
        .map(report -> {
          JsonArray rejected = new JsonArray();
          report.rejected().forEach(line -> rejected.add(SubscriberFiles.json(line)));
          return Answer.ok(
              new JsonObject()
                  .put("imported", report.imported())
                  .put("rejectedTotal", report.rejectedTotal())
                  .put("rejected", rejected));
        });
  }

  private Future<Answer> write(Call call) {
    return Future.succeededFuture(new Answer.Lines(list::export));
  }
}
