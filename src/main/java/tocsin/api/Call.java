package tocsin.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request that is allowed and agrees with the contract.
 *
 * @param json the body; null where the operation takes none, or a stream
 */
public record Call(
    HttpServerRequest request, Caller caller, Parameters parameters, @Nullable JsonObject json) {

  /** For operations that require a body. */
  JsonObject body() {
    return Objects.requireNonNull(json, "the contract requires a body");
  }

  /** A required parameter. */
  String text(String parameter) {
    return parameters.value(parameter).orElseThrow();
  }

  /** A required parameter. */
  int number(String parameter) {
    return Integer.parseInt(text(parameter));
  }

  Optional<String> optional(String parameter) {
    return parameters.value(parameter);
  }
}
