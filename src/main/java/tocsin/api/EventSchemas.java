package tocsin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tocsin.incident.Problem;
import tocsin.render.WebhookEvent;

/** The JSON Schemas of webhook events, a file a type, as they are written, and a list of them. */
final class EventSchemas {
  private static final String FOLDER = "/schemas/v1/";
  private static final String NAME = "name";

  private final Map<String, String> byName =
      WebhookEvent.types().stream()
          .map(type -> type + ".json")
          .collect(Collectors.toUnmodifiableMap(name -> name, EventSchemas::read));

  void mount(Router router) {
    String path = FOLDER + ":" + NAME;
    router.get(path).handler(this::serve);
    Methods.only(router, path, List.of(HttpMethod.GET));
    router.get(FOLDER).handler(this::list);
    Methods.only(router, FOLDER, List.of(HttpMethod.GET));
  }

  private void list(RoutingContext context) {
    JsonArray schemas = new JsonArray();
    for (String type : WebhookEvent.types()) {
      schemas.add(new JsonObject().put("type", type).put("schema", FOLDER + type + ".json"));
    }
    context.json(new JsonObject().put("schemas", schemas));
  }

  private void serve(RoutingContext context) {
    String text = byName.get(context.pathParam(NAME));
    if (text == null) {
      context.fail(Problem.notFound("there is no such schema").exception());
    } else {
      context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/schema+json").end(text);
    }
  }

  private static String read(String name) {
    try (InputStream file = EventSchemas.class.getResourceAsStream(FOLDER + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
