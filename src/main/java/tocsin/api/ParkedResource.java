package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tocsin.delivery.Parked;
import tocsin.delivery.ParkedChunk;

/** {@code /v1/parked}. */
public final class ParkedResource implements Resource {
  private static final Pattern CURSOR = Pattern.compile("([0-9]{1,9})-([0-9]{1,9})");

  private final Parked parked;

  private record Place(int audience, int chunk) {}

  public ParkedResource(Parked parked) {
    this.parked = parked;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("listParked", this::list, "requeueParked", this::requeue);
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    Place before =
        page.cursor()
            .map(ParkedResource::place)
            .orElse(new Place(Integer.MAX_VALUE, Integer.MAX_VALUE));
    return parked
        .list(before.audience(), before.chunk(), page.limit())
        .map(found ->
            page.of(
                call,
                "parked",
                found,
                ParkedResource::json,
                chunk -> chunk.audience() + "-" + chunk.number()));
  }

  private static Place place(String cursor) {
    Matcher form = CURSOR.matcher(cursor);
    if (!form.matches()) {
      throw Page.bad().exception();
    }
    return new Place(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  private Future<Answer> requeue(Call call) {
    return parked
        .requeue(call.body().getString("incident"))
        .map(report ->
            Answer.ok(
                new JsonObject().put("requeued", report.recipients()).put("more", report.more())));
  }

  private static JsonObject json(ParkedChunk chunk) {
    return new JsonObject()
        .put("incident", chunk.incident())
        .put("sequence", chunk.sequence())
        .put("channel", chunk.channel().word())
        .put("chunk", chunk.number())
        .put("size", chunk.size())
        .put("pending", chunk.pending())
        .put("since", chunk.since());
  }
}
