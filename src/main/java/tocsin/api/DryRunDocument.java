package tocsin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import tocsin.audience.Channel;
import tocsin.dispatch.DryRun;
import tocsin.dispatch.LastSend;
import tocsin.dispatch.Preview;
import tocsin.render.Sample;

/** What an update would come to, as the API shows it. */
final class DryRunDocument {
  private DryRunDocument() {}

  static JsonObject of(DryRun.Outcome outcome) {
    JsonObject audience = new JsonObject();
    JsonObject samples = new JsonObject();
    Map<Channel, LastSend> forecasts = new EnumMap<>(Channel.class);
    for (Map.Entry<Channel, Preview> channel : new TreeMap<>(outcome.channels()).entrySet()) {
      String word = channel.getKey().word();
      Preview preview = channel.getValue();
      audience.put(word, audience(preview));
      preview.sample().ifPresent(sample -> samples.put(word, sample(preview, sample)));
      preview.forecast().ifPresent(last -> forecasts.put(channel.getKey(), last));
    }
    JsonObject json = new JsonObject().put("dryRun", true);
    outcome.fault().ifPresent(fault -> json.put("parked", fault));
    return json.put("audience", audience)
        .put("samples", samples)
        .put("forecast", ForecastJson.of(forecasts));
  }

  private static JsonObject audience(Preview preview) {
    return new JsonObject()
        .put("size", preview.size())
        .put("byRegion", counts(preview.byRegion()))
        .put("byLocale", counts(preview.byLocale()));
  }

  private static JsonObject sample(Preview preview, Sample sample) {
    JsonObject json = new JsonObject().put("locale", preview.locale());
    if (sample.subject() != null) {
      json.put("subject", sample.subject());
    }
    return json.put("text", sample.text())
        .put("recipients", new JsonArray(new ArrayList<>(preview.recipients())));
  }

  private static JsonObject counts(Map<String, Integer> counts) {
    JsonObject json = new JsonObject();
    new TreeMap<>(counts).forEach(json::put);
    return json;
  }
}
