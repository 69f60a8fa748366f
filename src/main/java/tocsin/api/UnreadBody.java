package tocsin.api;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Lets go of a request that was answered before its body was read: what still comes is dropped for
 * a moment, so that the client gets to read the answer, and then the connection is closed.
 */
final class UnreadBody {
  private static final Duration LINGER = Duration.ofSeconds(2);

  private UnreadBody() {}

  /** Of HTTP/1.1. Call before the answer is sent. */
  static void settle(Vertx vertx, HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    request.handler(dropped -> {}).resume();
    vertx.setTimer(
        LINGER.toMillis(),
        late -> {
          if (!request.isEnded()) {
            request.connection().close();
          }
        });
  }
}
