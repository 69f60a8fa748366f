package tocsin.fuzz;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * One method of one path, and what it takes.
 *
 * @param path a template, {@code /v1/incidents/{incident}}
 */
record Target(
    String name, String method, String path, List<Parameter> parameters, Optional<Body> body) {
  Target {
    parameters = List.copyOf(parameters);
  }

  /**
   * A parameter of the path, the query or a header.
   *
   * @param in as in OpenAPI
   */
  record Parameter(String name, String in, boolean required, JsonObject schema) {}

  /** What a body is made of. */
  sealed interface Body {
    /** JSON after a schema. */
    record Json(JsonObject schema, Optional<JsonObject> example) implements Body {}

    /** JSON objects, one a line. */
    record Lines(List<JsonObject> examples) implements Body {}

    /** A form of these fields. */
    record Form(List<String> fields) implements Body {
      public Form {
        fields = List.copyOf(fields);
      }
    }
  }

  /** Of the API, whose errors are problems. */
  boolean isOfApi() {
    return path.startsWith("/v1/");
  }

  @Override
  public String toString() {
    return name;
  }
}
