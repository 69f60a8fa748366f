package tocsin.fuzz;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** Values that a schema of the contract takes, of known words where there are such. */
record SchemaValues(Document document, Known known, Random random) {
  private static final List<String> TIMES =
      List.of("2026-01-15T10:40:00Z", "2027-06-01T00:00:00+02:00", "2026-01-15T10:40:00.123Z");

  /**
   * @param name of the field that it is for
   */
  Object of(JsonObject written, String path, String name) {
    JsonObject schema = document.resolved(written);
    JsonArray words = schema.getJsonArray("enum");
    if (words != null) {
      return words.getValue(random.nextInt(words.size()));
    }
    return switch (type(schema)) {
      case "object" -> object(schema, path);
      case "array" -> array(schema, path, name);
      case "integer" -> number(schema, path, name);
      case "boolean" -> random.nextBoolean();
      case "null" -> "";
      default -> text(schema, path, name);
    };
  }

  private String type(JsonObject schema) {
    if (schema.getValue("type") instanceof JsonArray several) {
      return several.getString(random.nextInt(several.size()));
    }
    return schema.getString("type", "object");
  }

  private JsonObject object(JsonObject schema, String path) {
    JsonObject object = new JsonObject();
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    for (String name : properties.fieldNames()) {
      if (required.contains(name) || random.nextInt(3) == 0) {
        object.put(name, of(properties.getJsonObject(name), path, name));
      }
    }
    if (schema.getValue("additionalProperties") instanceof JsonObject others) {
      object.put("en", of(others, path, "en")).put("de", of(others, path, "de"));
    }
    return object;
  }

  private JsonArray array(JsonObject schema, String path, String name) {
    JsonArray array = new JsonArray();
    int length = schema.getInteger("minItems", 0) + random.nextInt(2);
    for (int i = 0; i < length; i++) {
      array.add(of(schema.getJsonObject("items"), path, name));
    }
    return array;
  }

  private Object number(JsonObject schema, String path, String name) {
    return known
        .value(path, name, random)
        .filter(value -> value.matches("[0-9]{1,9}"))
        .map(value -> (Object) Integer.valueOf(value))
        .orElseGet(() -> schema.getInteger("minimum", 0) + random.nextInt(100));
  }

  private String text(JsonObject schema, String path, String name) {
    return "date-time".equals(schema.getString("format"))
        ? TIMES.get(random.nextInt(TIMES.size()))
        : known.value(path, name, random).orElseGet(() -> "some-" + random.nextInt(1_000));
  }
}
