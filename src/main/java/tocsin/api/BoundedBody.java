package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Reads a body into memory, up to a size and within a time. */
final class BoundedBody {
  /** 1 MiB. */
  static final int LIMIT = 1 << 20;

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private BoundedBody() {}

  /**
   * @param request paused; stays where it is when the future fails
   */
  static Future<Buffer> read(Vertx vertx, HttpServerRequest request) {
    if (announced(request) > LIMIT) {
      return Future.failedFuture(tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(part -> {
      if (body.length() + part.length() > LIMIT) {
        whole.tryFail(tooLarge());
      } else {
        body.appendBuffer(part);
      }
    });
    request.exceptionHandler(broken -> whole.tryFail(brokenOff()));
    request.endHandler(end -> whole.tryComplete(body));
    long timer = vertx.setTimer(LONGEST.toMillis(), late -> whole.tryFail(tooSlow()));
    request.resume();
    return whole.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  private static Refusal tooLarge() {
    return new Refusal(ProblemType.TOO_LARGE, "the body may have " + LIMIT + " bytes at most");
  }

  private static Refusal brokenOff() {
    return new Refusal(ProblemType.MALFORMED, "the body breaks off, or is not framed as HTTP");
  }

  private static Refusal tooSlow() {
    return new Refusal(
        ProblemType.TIMEOUT, "the body has to come within " + LONGEST.toSeconds() + " s");
  }
}
