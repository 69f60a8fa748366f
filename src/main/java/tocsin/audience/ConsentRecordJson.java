package tocsin.audience;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A consent on record as JSON. */
public final class ConsentRecordJson {
  private ConsentRecordJson() {}

  public static JsonObject print(LoggedConsent logged) {
    ConsentRecord consent = logged.consent();
    Evidence evidence = consent.evidence();
    var json =
        new JsonObject()
            .put("kind", consent.kind().word())
            .put("channel", consent.channel().word())
            .put("source", evidence.source())
            .put("at", consent.at().toString())
            .put("recordedAt", logged.recordedAt().toString());
    put(json, "actor", evidence.actor());
    put(json, "ip", evidence.ip());
    put(json, "userAgent", evidence.userAgent());
    Wording wording = consent.wording();
    if (wording != null) {
      json.put(
          "wording", new JsonObject().put("id", wording.id()).put("version", wording.version()));
    }
    OptInReference optIn = consent.optIn();
    if (optIn != null) {
      json.put(
          "optIn",
          new JsonObject()
              .put("id", optIn.id())
              .put("requestedAt", optIn.requestedAt().toString()));
    }
    return json;
  }

  private static void put(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
