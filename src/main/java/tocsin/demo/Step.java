package tocsin.demo;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One update of a recording.
 *
 * @param after how long after the one before; zero for the first
 * @param nextUpdateIn the promise of a next update, counted from the posting; null: none made
 * @param update as the API takes it
 */
record Step(Duration after, @Nullable Duration nextUpdateIn, JsonObject update) {

  /** The update as it is posted at that moment, its promise made at that pace. */
  JsonObject at(Instant now, Pace pace) {
    JsonObject posted = update.copy();
    if (nextUpdateIn != null) {
      posted.put("nextUpdateBy", now.plus(pace.of(nextUpdateIn)).toString());
    }
    return posted;
  }
}
