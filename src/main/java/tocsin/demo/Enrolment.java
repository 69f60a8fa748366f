package tocsin.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tocsin.audience.Channel;
import tocsin.audience.Customer;

/** Makes a world known to the gateway, and tells it of everybody who moves. */
final class Enrolment {
  private static final Pattern LINK = Pattern.compile("<(https?://[^>]+)>");

  private final GatewayApi api;
  private final DemoReceivers receivers;
  private final Map<String, Integer> ids = new HashMap<>();

  Enrolment(GatewayApi api, DemoReceivers receivers) {
    this.api = api;
    this.receivers = receivers;
  }

  void catalogue(DemoWorld world) throws IOException {
    for (var region : world.regions().entrySet()) {
      api.put("/v1/regions/" + region.getKey(), named(region.getValue()));
    }
    for (var component : world.components().entrySet()) {
      api.put("/v1/components/" + component.getKey(), named(component.getValue()));
    }
    for (Customer customer : world.customers()) {
      JsonObject json = named(customer.name());
      put(json, "regions", customer.regions());
      put(json, "segments", customer.segments());
      api.put("/v1/customers/" + customer.id(), json);
    }
  }

  /** Imports those who stay put, and registers the others one by one, to know their ids. */
  void subscribers(DemoWorld world) throws IOException {
    Set<String> restless =
        world.moves().values().stream()
            .flatMap(List::stream)
            .map(move -> move.subscriber().name())
            .collect(Collectors.toSet());
    world.everybody().forEach(this::openEndpoint);
    List<DemoSubscriber> settled =
        world.subscribers().stream().filter(one -> !restless.contains(one.name())).toList();
    String lines =
        settled.stream().map(one -> one.json().encode()).collect(Collectors.joining("\n"));
    JsonObject report = api.postLines("/v1/subscribers/import", lines);
    if (report.getInteger("imported") != settled.size()) {
      throw new IOException("imported not all of " + settled.size() + ": " + report.encode());
    }
    for (DemoSubscriber subscriber : world.subscribers()) {
      if (restless.contains(subscriber.name())) {
        join(subscriber);
      }
    }
  }

  void perform(Move move) throws IOException {
    switch (move) {
      case Move.Join join -> join(join.subscriber());
      case Move.Prefer prefer -> prefer(prefer);
      case Move.Leave leave -> api.delete(path(leave.subscriber()));
      case Move.LeaveMidway leave -> api.delete(path(leave.subscriber()));
      case Move.Unsubscribe unsubscribe -> api.unsubscribe(link(unsubscribe.subscriber()));
    }
  }

  private void join(DemoSubscriber subscriber) throws IOException {
    ids.put(subscriber.name(), api.post("/v1/subscribers", subscriber.json()).getInteger("id"));
  }

  private void prefer(Move.Prefer prefer) throws IOException {
    api.patch(path(prefer.subscriber()), DemoSubscriber.patch(prefer.other()));
  }

  private String path(DemoSubscriber subscriber) {
    return "/v1/subscribers/" + Objects.requireNonNull(ids.get(subscriber.name()));
  }

  private void openEndpoint(DemoSubscriber subscriber) {
    if (subscriber.secret() != null) {
      receivers
          .webhooks()
          .endpoint(URI.create(subscriber.address()).getPath(), subscriber.secret());
    }
  }

  /** What the last mail to them says in its List-Unsubscribe. */
  private URI link(DemoSubscriber subscriber) throws IOException {
    Matcher link =
        receivers.arrivals().on(Channel.EMAIL).reversed().stream()
            .filter(arrival -> arrival.address().equals(subscriber.address()))
            .map(arrival ->
                arrival.content() instanceof Content.Mail mail
                    ? mail.header("List-Unsubscribe")
                    : null)
            .filter(Objects::nonNull)
            .findFirst()
            .map(LINK::matcher)
            .orElseThrow(() -> new IOException("no mail to " + subscriber.name()));
    if (!link.find()) {
      throw new IOException("no link to unsubscribe in the mail to " + subscriber.name());
    }
    return URI.create(link.group(1));
  }

  private static JsonObject named(String name) {
    return new JsonObject().put("name", name);
  }

  private static void put(JsonObject json, String field, @Nullable Set<String> names) {
    if (names != null) {
      json.put(field, new JsonArray(names.stream().sorted().toList()));
    }
  }
}
