package tocsin.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tocsin.fuzz.Target.Body;
import tocsin.fuzz.Target.Parameter;

/** The contract, as whoever reads it understands it. */
final class Document {
  private static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");
  private static final Pattern TYPE_ROW =
      Pattern.compile("\\| `(urn:tocsin:problem:[a-z-]+)` \\| ([0-9]{3}) \\|");

  private final JsonObject root;

  private Document(JsonObject root) {
    this.root = root;
  }

  static Document load() {
    try (InputStream resource = Document.class.getResourceAsStream("/openapi.yaml")) {
      String text = new String(Objects.requireNonNull(resource).readAllBytes(), UTF_8);
      return new Document(
          new JsonObject(
              new Yaml(new SafeConstructor(new LoaderOptions())).<Map<String, Object>>load(text)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The types of problems, and the status of each. */
  Map<String, Integer> problemTypes() {
    Map<String, Integer> types = new TreeMap<>();
    TYPE_ROW
        .matcher(root.getJsonObject("info").getString("description"))
        .results()
        .forEach(row -> types.put(row.group(1), Integer.valueOf(row.group(2))));
    return types;
  }

  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    JsonObject paths = root.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      JsonObject item = paths.getJsonObject(path);
      METHODS.stream()
          .filter(item::containsKey)
          .forEach(method -> targets.add(target(path, item, method)));
    }
    return targets;
  }

  private Target target(String path, JsonObject item, String method) {
    JsonObject operation = item.getJsonObject(method);
    List<Parameter> parameters =
        Stream.of(item, operation)
            .map(it -> it.getJsonArray("parameters", new JsonArray()))
            .flatMap(JsonArray::stream)
            .map(it -> parameter(resolved((JsonObject) it)))
            .toList();
    return new Target(
        operation.getString("operationId"),
        method.toUpperCase(Locale.ROOT),
        path,
        parameters,
        Optional.ofNullable(operation.getJsonObject("requestBody"))
            .map(body -> body(resolved(body).getJsonObject("content"))));
  }

  private Parameter parameter(JsonObject written) {
    return new Parameter(
        written.getString("name"),
        written.getString("in"),
        written.getBoolean("required", false),
        resolved(written.getJsonObject("schema")));
  }

  private static Body body(JsonObject content) {
    String mediaType = content.fieldNames().iterator().next();
    JsonObject media = content.getJsonObject(mediaType);
    return switch (mediaType) {
      case "application/x-ndjson" ->
          new Body.Lines(media.getString("example").lines().map(JsonObject::new).toList());
      case "application/x-www-form-urlencoded" ->
          new Body.Form(List.of("List-Unsubscribe", "MessageSid", "MessageStatus", "From", "Body"));
      default ->
          new Body.Json(
              media.getJsonObject("schema"), Optional.ofNullable(media.getJsonObject("example")));
    };
  }

  /** What it refers to, if it does, else itself. */
  JsonObject resolved(JsonObject schema) {
    String reference = schema.getString("$ref");
    return reference == null
        ? schema
        : resolved(
            (JsonObject)
                Objects.requireNonNull(
                    JsonPointer.from(reference.substring(1)).queryJson(root), reference));
  }
}
