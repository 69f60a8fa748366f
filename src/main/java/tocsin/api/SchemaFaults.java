package tocsin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.OutputUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;

/**
 * Turns a validator's findings into what a caller can act on: the field, and what would be right,
 * read from the schema. A schema may say it in {@code x-expects}.
 */
final class SchemaFaults {
  private final JsonObject root;
  private final JsonObject document;

  /**
   * @param root the schema that values are held against
   * @param document that schemas under {@code #/components} are part of
   */
  SchemaFaults(JsonObject root, JsonObject document) {
    this.root = root;
    this.document = document;
  }

  /** One fault for each field, in the order of the findings. */
  List<FieldError> of(OutputUnit result) {
    Map<String, FieldError> faults = new LinkedHashMap<>();
    for (OutputUnit finding : result.getErrors()) {
      fault(finding).ifPresent(fault -> faults.putIfAbsent(fault.field(), fault));
    }
    return List.copyOf(faults.values());
  }

  private Optional<FieldError> fault(OutputUnit finding) {
    String pointer = pointer(finding);
    int last = pointer.lastIndexOf('/');
    String keyword = pointer.substring(last + 1);
    JsonObject schema = schema(pointer.substring(0, last));
    String instance = finding.getInstanceLocation().substring(1);
    if (schema == null) {
      return Optional.empty();
    }
    return switch (keyword) {
      case "required" -> missing(finding, schema, instance);
      case "additionalProperties" -> unknown(schema, instance);
      default ->
          expectation(keyword, schema)
              .map(expected -> new FieldError(FieldPath.of(instance), "must " + expected));
    };
  }

  /** Schemas of parameters that several operations share have no absolute location. */
  private static String pointer(OutputUnit finding) {
    String location =
        Objects.requireNonNullElse(
            finding.getAbsoluteKeywordLocation(), finding.getKeywordLocation());
    return location.substring(location.indexOf('#') + 1);
  }

  private static Optional<FieldError> missing(
      OutputUnit finding, JsonObject schema, String instance) {
    return schema.getJsonArray("required").stream()
        .map(String.class::cast)
        .filter(name -> finding.getError().contains("\"" + name + "\""))
        .findFirst()
        .map(name -> new FieldError(FieldPath.of(instance + "/" + name), "is required"));
  }

  private static Optional<FieldError> unknown(JsonObject schema, String instance) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    String field = FieldPath.of(instance);
    if (!Boolean.FALSE.equals(schema.getValue("additionalProperties"))
        || properties.containsKey(FieldPath.last(instance))) {
      return Optional.empty();
    }
    return Optional.of(
        new FieldError(
            field, "is no known field; known are " + String.join(", ", properties.fieldNames())));
  }

  private static Optional<String> expectation(String keyword, JsonObject schema) {
    String expects = schema.getString("x-expects");
    Object bound = schema.getValue(keyword);
    String expected =
        switch (keyword) {
          case "pattern", "format" -> "be " + (expects == null ? "of another form" : expects);
          case "type" -> "be " + types(bound);
          case "enum" -> "be one of " + words((JsonArray) bound);
          case "const" -> "be " + bound;
          case "minLength" -> "have " + bound + " characters at least";
          case "maxLength" -> "have " + bound + " characters at most";
          case "minItems" -> "have " + bound + " entries at least";
          case "maxItems" -> "have " + bound + " entries at most";
          case "minProperties" -> "have " + bound + " fields at least";
          case "maxProperties" -> "have " + bound + " fields at most";
          case "minimum" -> "be " + bound + " at least";
          case "maximum" -> "be " + bound + " at most";
          default -> null;
        };
    return Optional.ofNullable(expected);
  }

  private static String types(Object type) {
    return type instanceof JsonArray several
        ? several.stream().map(SchemaFaults::type).collect(Collectors.joining(" or "))
        : type(type);
  }

  private static String type(Object type) {
    return switch ((String) type) {
      case "object" -> "an object";
      case "array" -> "a list";
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      case "null" -> "null";
      default -> "a " + type;
    };
  }

  private static String words(JsonArray values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private @Nullable JsonObject schema(String pointer) {
    JsonObject base = pointer.startsWith("/components/") ? document : root;
    return (JsonObject) JsonPointer.from(pointer).queryJson(base);
  }
}
