package tocsin.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.RequestBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem.FieldError;

/**
 * One operation of the contract: where it is, who may call it and what it takes.
 *
 * @param path as the router has it, {@code /v1/incidents/:incident}
 * @param role null: anybody
 * @param mediaTypes what the body may come as; empty where it takes none
 * @param body null where the body is none or not JSON
 */
record Operation(
    String id,
    HttpMethod method,
    String path,
    @Nullable Role role,
    List<Parameter> parameters,
    Set<String> mediaTypes,
    @Nullable Schema body) {

  private static final String SCHEME = "key";
  private static final String JSON = "application/json";

  Operation {
    parameters = List.copyOf(parameters);
    mediaTypes = Set.copyOf(mediaTypes);
  }

  /** Anything but looking. */
  boolean changes() {
    return !method.equals(HttpMethod.GET);
  }

  /** Takes a stream, and as long as that lasts. */
  boolean streams() {
    return body == null && !mediaTypes.isEmpty();
  }

  /** The parameters of the request that are wrong, and those that the operation does not know. */
  List<FieldError> faults(Parameters given) {
    List<FieldError> faults = new ArrayList<>();
    parameters.forEach(parameter -> parameter.fault(given).ifPresent(faults::add));
    given.unknown(parameters).forEach(faults::add);
    return faults;
  }

  static Operation of(
      io.vertx.openapi.contract.Operation source, SchemaRepository schemas, JsonObject document) {
    String template = source.getOpenAPIPath();
    JsonObject written =
        document
            .getJsonObject("paths")
            .getJsonObject(template)
            .getJsonObject(source.getHttpMethod().name().toLowerCase(Locale.ROOT));
    Set<String> mediaTypes = mediaTypes(written, document);
    return new Operation(
        source.getOperationId(),
        source.getHttpMethod(),
        template.replaceAll("\\{(.*?)}", ":$1"),
        role(source),
        source.getParameters().stream()
            .filter(it -> it.getIn() == Location.PATH || it.getIn() == Location.QUERY)
            .map(it -> Parameter.of(it, schemas, document))
            .toList(),
        mediaTypes,
        mediaTypes.contains(JSON) ? body(source.getRequestBody(), schemas, document) : null);
  }

  private static @Nullable Role role(io.vertx.openapi.contract.Operation source) {
    return source.getSecurityRequirements().stream()
        .filter(requirement -> requirement.getNames().contains(SCHEME))
        .findFirst()
        .map(requirement -> Role.of(requirement.getScopes(SCHEME).getFirst()).orElseThrow())
        .orElse(null);
  }

  private static Set<String> mediaTypes(JsonObject written, JsonObject document) {
    JsonObject body = written.getJsonObject("requestBody");
    if (body == null) {
      return Set.of();
    }
    String reference = body.getString("$ref");
    Object resolved =
        reference == null ? body : JsonPointer.from(reference.substring(1)).queryJson(document);
    return ((JsonObject) Objects.requireNonNull(resolved, "requestBody"))
        .getJsonObject("content")
        .fieldNames();
  }

  private static @Nullable Schema body(
      @Nullable RequestBody body, SchemaRepository schemas, JsonObject document) {
    MediaType json = body == null ? null : body.getContent().get(JSON);
    return json == null ? null : Schema.of(json.getSchema(), schemas, document);
  }
}
