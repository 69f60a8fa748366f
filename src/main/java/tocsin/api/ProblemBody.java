package tocsin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import tocsin.incident.Problem.FieldError;

/** A problem as the API answers it (RFC 9457). */
final class ProblemBody {
  static final String MEDIA_TYPE = "application/problem+json";

  private ProblemBody() {}

  static JsonObject of(ProblemType type, String detail) {
    return new JsonObject()
        .put("type", type.uri())
        .put("title", type.title())
        .put("status", type.status())
        .put("detail", detail);
  }

  /**
   * @param parameters names that are parameters of the request, so have no place in its body
   */
  static JsonObject of(
      ProblemType type, String detail, List<FieldError> errors, List<String> parameters) {
    JsonObject problem = of(type, detail);
    if (!errors.isEmpty()) {
      JsonArray list = new JsonArray();
      errors.forEach(error -> list.add(error(error, parameters)));
      problem.put("errors", list);
    }
    return problem;
  }

  private static JsonObject error(FieldError error, List<String> parameters) {
    JsonObject json = new JsonObject().put("field", error.field());
    if (!parameters.contains(error.field())) {
      json.put("pointer", FieldPath.pointer(error.field()));
    }
    return json.put("detail", error.detail());
  }
}
