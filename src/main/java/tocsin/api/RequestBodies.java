package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tocsin.incident.Problem;
import tocsin.incident.Problem.FieldError;

/** Holds a request's body against the contract. */
final class RequestBodies {
  private RequestBodies() {}

  /**
   * The JSON body; null where the operation takes none, or takes a stream, which then stays paused.
   * Fails with what is wrong with it.
   */
  static Future<@Nullable JsonObject> read(RoutingContext context, Operation operation) {
    if (operation.mediaTypes().isEmpty()) {
      return Future.succeededFuture(null);
    }
    String mediaType = mediaType(context);
    if (!operation.mediaTypes().contains(mediaType)) {
      return Future.failedFuture(
          new Refusal(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "the Content-Type must be " + String.join(" or ", operation.mediaTypes())));
    }
    Schema schema = operation.body();
    return schema == null
        ? Future.succeededFuture(null)
        : BoundedBody.read(context.vertx(), context.request()).map(body -> json(body, schema));
  }

  private static JsonObject json(Buffer body, Schema schema) {
    Object value = StrictJson.read(body.getBytes());
    List<FieldError> faults = schema.faults(value);
    if (!faults.isEmpty()) {
      throw Problem.validation(faults).exception();
    }
    return Objects.requireNonNull((JsonObject) value);
  }

  private static String mediaType(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
