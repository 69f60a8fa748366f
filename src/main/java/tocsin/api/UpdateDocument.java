package tocsin.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Incident;
import tocsin.incident.Text;
import tocsin.incident.Update;
import tocsin.incident.UpdateJson;

/** Incidents and updates as the API shows them. */
final class UpdateDocument {
  private UpdateDocument() {}

  static String path(Update update) {
    return "/v1/incidents/" + update.incident() + "/updates/" + update.sequence();
  }

  static JsonObject of(Update update) {
    JsonObject json =
        new JsonObject()
            .put("incident", update.incident())
            .put("sequence", update.sequence())
            .put("title", update.title())
            .put("status", update.status().word())
            .put("impact", update.impact().word())
            .put("body", body(update.body()))
            .put("affects", UpdateJson.affects(update.affects()));
    putIfThere(json, "nextUpdateBy", update.nextUpdateBy());
    Update.Window window = update.window();
    if (window != null) {
      json.put("scheduledFor", window.from()).put("scheduledUntil", window.until());
    }
    return json.put("notify", update.notifies()).put("acceptedAt", update.acceptedAt());
  }

  static JsonObject of(Incident incident) {
    return new JsonObject()
        .put("id", incident.id())
        .put("title", incident.title())
        .put("kind", incident.kind().word())
        .put("status", incident.status().word())
        .put("impact", incident.impact().word())
        .put("updates", incident.lastSequence())
        .put("createdAt", incident.createdAt());
  }

  private static Object body(Text text) {
    String forAll = text.byLocale().get(Text.ANY);
    return forAll == null
        ? new JsonObject(new TreeMap<String, Object>(Map.copyOf(text.byLocale())))
        : forAll;
  }

  private static void putIfThere(JsonObject json, String name, @Nullable Instant at) {
    if (at != null) {
      json.put(name, at);
    }
  }
}
