package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import tocsin.audience.Erasure;
import tocsin.audience.Evidence;
import tocsin.audience.Subscribers;
import tocsin.delivery.PersonalData;

/** What a person may ask for: all that is kept about them, and that it goes. */
public final class RightsResource implements Resource {
  private final Subscribers subscribers;
  private final PersonalData data;
  private final Erasure erasure;

  public RightsResource(Subscribers subscribers, PersonalData data, Erasure erasure) {
    this.subscribers = subscribers;
    this.data = data;
    this.erasure = erasure;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of("exportSubscriber", this::export, "eraseSubscriber", this::erase);
  }

  private Future<Answer> export(Call call) {
    return subscribers
        .get(call.number("subscriber"))
        .map(subscriber -> new Answer.Written(out -> data.write(subscriber, out)));
  }

  private Future<Answer> erase(Call call) {
    int subscriber = call.number("subscriber");
    return erasure
        .erase(subscriber, Evidence.vouched("api:" + call.caller().name()))
        .map(at ->
            Answer.ok(
                new JsonObject().put("subscriber", subscriber).put("erasedAt", at.toString())));
  }
}
