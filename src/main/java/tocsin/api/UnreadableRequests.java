package tocsin.api;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Answers what is no HTTP, or too much of it, as a problem, and hangs up: no router sees it. */
final class UnreadableRequests implements Handler<HttpServerRequest> {
  @Override
  public void handle(HttpServerRequest request) {
    ProblemType type = type(request.decoderResult().cause());
    request
        .response()
        .setStatusCode(type.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(ProblemBody.of(type, detail(type)).toBuffer())
        .onComplete(told -> request.connection().close());
  }

  private static ProblemType type(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException line -> ProblemType.TARGET_TOO_LONG;
      case TooLongHttpHeaderException headers -> ProblemType.HEADERS_TOO_LARGE;
      default -> ProblemType.MALFORMED;
    };
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case TARGET_TOO_LONG ->
          "the request line may have " + HttpServers.LONGEST_LINE + " bytes at most";
      case HEADERS_TOO_LARGE ->
          "the headers may have " + HttpServers.LONGEST_HEADERS + " bytes at most";
      default -> "the request is not one of HTTP that this server reads";
    };
  }
}
