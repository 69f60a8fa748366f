package tocsin.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tocsin.fuzz.Target.Body;
import tocsin.fuzz.Target.Parameter;

/** Requests of a target, with what they should hold or with something else in its place. */
final class Requests {
  private final FuzzedGateway gateway;
  private final Random random;
  private final SchemaValues values;
  private final Agreement agreement;

  Requests(FuzzedGateway gateway, Document document, Random random) {
    this.gateway = gateway;
    this.random = random;
    this.values = new SchemaValues(document, gateway.known(), random);
    this.agreement = new Agreement(gateway.endpoint(), random);
  }

  /** As it is meant. */
  HttpMessage of(Target target) {
    return of(target, UnaryOperator.identity(), UnaryOperator.identity());
  }

  /**
   * @param twist of each object in the body
   * @param typed what becomes of the value of a field in a form
   */
  HttpMessage of(Target target, UnaryOperator<JsonObject> twist, UnaryOperator<String> typed) {
    HttpMessage head = head(target);
    return target
        .body()
        .map(body ->
            switch (body) {
              case Body.Json json ->
                  head.with("Content-Type: application/json")
                      .withText(text(twist.apply(object(json, target))));
              case Body.Lines lines ->
                  head.with("Content-Type: application/x-ndjson")
                      .withText(
                          lines.examples().stream()
                              .map(line -> text(twist.apply(agreement.of(line.copy()))))
                              .collect(Collectors.joining("\n")));
              case Body.Form form -> form(head, target, form, typed);
            })
        .orElse(head);
  }

  private HttpMessage head(Target target) {
    String path = target.path();
    List<String> query = new ArrayList<>();
    HttpMessage head =
        HttpMessage.of(
            target.method(),
            path,
            "Host: localhost",
            "Connection: close",
            "Authorization: Bearer " + FuzzedGateway.KEY);
    for (Parameter parameter : target.parameters()) {
      String name = parameter.name();
      if (parameter.in().equals("path")) {
        path = path.replace("{" + name + "}", encoded(value(parameter, target)));
      } else if (parameter.required() || random.nextInt(4) == 0) {
        if (parameter.in().equals("query")) {
          query.add(name + "=" + encoded(value(parameter, target)));
        } else {
          head = head.with(name + ": " + value(parameter, target) + random.nextInt(1_000));
        }
      }
    }
    return head.withTarget(query.isEmpty() ? path : path + "?" + String.join("&", query));
  }

  private String value(Parameter parameter, Target target) {
    return String.valueOf(values.of(parameter.schema(), target.path(), parameter.name()));
  }

  private JsonObject object(Body.Json json, Target target) {
    JsonObject example = json.example().orElse(null);
    if (example != null && random.nextBoolean()) {
      return agreement.of(example.copy());
    }
    return values.of(json.schema(), target.path(), "body") instanceof JsonObject object
        ? agreement.of(object)
        : new JsonObject();
  }

  private HttpMessage form(
      HttpMessage head, Target target, Body.Form form, UnaryOperator<String> typed) {
    SortedMap<String, String> fields = new TreeMap<>();
    for (String name : form.fields()) {
      String value = gateway.known().value(target.path(), name, random).orElse("x");
      fields.put(name, random.nextInt(4) == 0 ? typed.apply(value) : value);
    }
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpMessage message =
        head.with("Content-Type: application/x-www-form-urlencoded").withText(body);
    return target.path().startsWith("/hooks/twilio/")
        ? message.without("X-Twilio-Signature").with(gateway.twilio().header(head.target(), fields))
        : message;
  }

  /** Characters beyond ASCII are written as escapes or as they are. */
  private String text(JsonObject json) {
    String text = json.encode();
    if (random.nextInt(4) == 0) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(c -> escaped.append(c < 127 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
    return escaped.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
