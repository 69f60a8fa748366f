package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import tocsin.audience.Channel;
import tocsin.audience.Created;
import tocsin.audience.Standing;
import tocsin.audience.SubscriberFilter;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Subscribers;
import tocsin.delivery.Endpoints;

/** {@code /v1/subscribers}. */
public final class SubscriberResource implements Resource {
  private final Subscribers subscribers;
  private final SubscriberJson json;
  private final Endpoints endpoints;

  public SubscriberResource(Subscribers subscribers, SubscriberJson json, Endpoints endpoints) {
    this.subscribers = subscribers;
    this.json = json;
    this.endpoints = endpoints;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "createSubscriber", this::create,
        "listSubscribers", this::list,
        "getSubscriber", this::get,
        "changeSubscriber", this::change,
        "deleteSubscriber", this::delete);
  }

  private Future<Answer> create(Call call) {
    return subscribers
        .create(json.parse(call.body()), "api:" + call.caller().name())
        .map(created ->
            Answer.created("/v1/subscribers/" + created.subscriber().id(), print(created))
                .with("Cache-Control", "no-store"));
  }

  private static JsonObject print(Created created) {
    JsonObject printed = SubscriberJson.print(created.subscriber());
    return created.secret() == null ? printed : printed.put("secret", created.secret());
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    var filter =
        new SubscriberFilter(
            call.optional("channel").flatMap(Channel::of).orElse(null),
            call.optional("customer").orElse(null),
            call.optional("address").orElse(null),
            call.optional("standing").flatMap(Standing::of).orElse(null),
            call.optional("health").orElse(null));
    return subscribers
        .list(filter, page.limit(), page.afterNumber())
        .map(found ->
            page.of(
                call,
                "subscribers",
                found,
                SubscriberJson::print,
                subscriber -> Integer.toString(subscriber.id())));
  }

  private Future<Answer> get(Call call) {
    return subscribers
        .get(call.number("subscriber"))
        .compose(subscriber ->
            endpoints
                .health(subscriber.id())
                .map(health -> {
                  JsonObject printed = SubscriberJson.print(subscriber);
                  health.ifPresent(it -> printed.put("health", AttemptJson.print(it)));
                  return Answer.ok(printed);
                }));
  }

  private Future<Answer> change(Call call) {
    return subscribers
        .patch(call.number("subscriber"), call.body(), "api:" + call.caller().name())
        .map(subscriber -> Answer.ok(SubscriberJson.print(subscriber)));
  }

  private Future<Answer> delete(Call call) {
    return subscribers
        .delete(call.number("subscriber"), "api:" + call.caller().name())
        .map(new Answer.Done());
  }
}
