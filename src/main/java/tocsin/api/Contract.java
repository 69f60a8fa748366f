package tocsin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document: it is served, and requests are held against it. */
public final class Contract {
  private static final String RESOURCE = "/openapi.yaml";
  private static final String JSON = "application/json";

  private final String text;
  private final List<Operation> operations;

  private Contract(String text, List<Operation> operations) {
    this.text = text;
    this.operations = List.copyOf(operations);
  }

  /** Does not block. Fails when the document is no OpenAPI 3.1. */
  public static Future<Contract> load(Vertx vertx) {
    return vertx
        .executeBlocking(Contract::read)
        .compose(text ->
            vertx
                .executeBlocking(() -> parse(text))
                .compose(document ->
                    parsed(vertx, document)
                        .compose(contract ->
                            vertx.executeBlocking(() -> of(text, document, contract)))));
  }

  static Future<OpenAPIContract> parsed(Vertx vertx) {
    return parsed(vertx, parse(read()));
  }

  private static Future<OpenAPIContract> parsed(Vertx vertx, JsonObject document) {
    return OpenAPIContract.from(vertx, adapted(document.copy()));
  }

  private static Contract of(String text, JsonObject document, OpenAPIContract contract) {
    return new Contract(
        text,
        contract.getPaths().stream()
            .flatMap(path -> path.getOperations().stream())
            .map(it -> Operation.of(it, contract.getSchemaRepository(), document))
            .toList());
  }

  /** The document as it is written. */
  String text() {
    return text;
  }

  /** Those of paths without parameters first, so that a router meets them first. */
  List<Operation> operations() {
    return operations;
  }

  private static String read() {
    try (InputStream resource = Contract.class.getResourceAsStream(RESOURCE)) {
      return new String(Objects.requireNonNull(resource, RESOURCE).readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static JsonObject parse(String text) {
    Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return new JsonObject(document);
  }

  /**
   * Without the other media types, which the library does not take and which are not validated; and
   * with patterns that end where a value ends, where $ would let a line break follow in Java.
   */
  private static JsonObject adapted(JsonObject document) {
    adapt(document);
    return document;
  }

  private static void adapt(Object node) {
    if (node instanceof JsonArray array) {
      array.forEach(Contract::adapt);
    } else if (node instanceof JsonObject object) {
      if (object.getValue("pattern") instanceof String pattern && pattern.endsWith("$")) {
        object.put("pattern", pattern.substring(0, pattern.length() - 1) + "\\z");
      }
      if (object.getValue("content") instanceof JsonObject content && isByMediaType(content)) {
        content.getMap().keySet().retainAll(List.of(JSON));
        if (content.isEmpty()) {
          content.put(JSON, new JsonObject().put("schema", new JsonObject().put("type", "string")));
        }
      }
      object.forEach(field -> adapt(field.getValue()));
    }
  }

  private static boolean isByMediaType(JsonObject content) {
    return content.fieldNames().stream().allMatch(name -> name.contains("/"));
  }
}
