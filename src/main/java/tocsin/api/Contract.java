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
final class Contract {
  private static final String RESOURCE = "/openapi.yaml";
  private static final String JSON = "application/json";

  private final String text;
  private final List<Operation> operations;

  private Contract(String text, List<Operation> operations) {
    this.text = text;
    this.operations = List.copyOf(operations);
  }

  /** Fails when the document is no OpenAPI 3.1. */
  static Future<Contract> load(Vertx vertx) {
    String text = read();
    return parsed(vertx).compose(contract -> vertx.executeBlocking(() -> of(text, contract)));
  }

  static Future<OpenAPIContract> parsed(Vertx vertx) {
    return OpenAPIContract.from(vertx, jsonOnly(parse(read())));
  }

  private static Contract of(String text, OpenAPIContract contract) {
    JsonObject document = parse(text);
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

  /** Without the other media types, which the library does not take and which are not validated. */
  private static JsonObject jsonOnly(JsonObject document) {
    keepJson(document);
    return document;
  }

  private static void keepJson(Object node) {
    if (node instanceof JsonArray array) {
      array.forEach(Contract::keepJson);
    } else if (node instanceof JsonObject object) {
      if (object.getValue("content") instanceof JsonObject content && isByMediaType(content)) {
        content.getMap().keySet().retainAll(List.of(JSON));
        if (content.isEmpty()) {
          content.put(JSON, new JsonObject().put("schema", new JsonObject().put("type", "string")));
        }
      }
      object.forEach(field -> keepJson(field.getValue()));
    }
  }

  private static boolean isByMediaType(JsonObject content) {
    return content.fieldNames().stream().allMatch(name -> name.contains("/"));
  }
}
