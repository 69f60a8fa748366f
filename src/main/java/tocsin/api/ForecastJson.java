package tocsin.api;

import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import tocsin.audience.Channel;
import tocsin.dispatch.LastSend;

/** Forecasts as the API shows them, by channel. */
final class ForecastJson {
  private ForecastJson() {}

  static JsonObject of(Map<Channel, LastSend> forecasts) {
    JsonObject json = new JsonObject();
    for (Channel channel : Channel.values()) {
      LastSend last = forecasts.get(channel);
      if (last != null) {
        json.put(
            channel.word(),
            new JsonObject()
                .put("seconds", last.in().toMillis() / 1_000.0)
                .put("lastSentAt", last.at().truncatedTo(ChronoUnit.MILLIS)));
      }
    }
    return json;
  }
}
