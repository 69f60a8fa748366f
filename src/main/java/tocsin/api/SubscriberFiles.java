package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import tocsin.audience.ImportReport;
import tocsin.audience.RejectedLine;
import tocsin.audience.SubscriberExport;
import tocsin.audience.SubscriberImport;

/** {@code /v1/subscribers/import} and {@code /export}: streams of any length. */
public final class SubscriberFiles implements Resource {
  private final SubscriberImport reader;
  private final SubscriberExport writer;

  public SubscriberFiles(SubscriberImport reader, SubscriberExport writer) {
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("importSubscribers", this::read, "exportSubscribers", this::write);
  }

  private Future<Answer> read(Call call) {
    if ("100-continue".equalsIgnoreCase(call.request().getHeader(HttpHeaders.EXPECT))) {
      call.request().response().writeContinue();
    }
    return reader
        .run(call.request(), "import:" + call.caller().name())
        .map(report -> Answer.ok(json(report)));
  }

  private Future<Answer> write(Call call) {
    return Future.succeededFuture(new Answer.Lines(writer::run));
  }

  private static JsonObject json(ImportReport report) {
    JsonArray rejected = new JsonArray();
    report.rejected().forEach(line -> rejected.add(json(line)));
    return new JsonObject()
        .put("imported", report.imported())
        .put("updated", report.updated())
        .put("unchanged", report.unchanged())
        .put("left", report.left())
        .put("rejectedTotal", report.rejectedTotal())
        .put("rejected", rejected);
  }

  static JsonObject json(RejectedLine line) {
    JsonObject json = new JsonObject().put("line", line.line());
    if (line.field() != null) {
      json.put("field", line.field());
    }
    return json.put("detail", line.detail());
  }
}
