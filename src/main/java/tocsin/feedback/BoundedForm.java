package tocsin.feedback;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Reads the body of a request, a form or not, and refuses a form that cannot be read. */
public final class BoundedForm implements Handler<RoutingContext> {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final BodyHandler body;
  private final Duration longest;

  /**
   * Of 30 s at the longest.
   *
   * @param largest in bytes; what is larger is answered with 413
   */
  public BoundedForm(int largest) {
    this(largest, LONGEST);
  }

  /**
   * @param largest in bytes; what is larger is answered with 413
   * @param longest what takes longer to come is answered with 408
   */
  BoundedForm(int largest, Duration longest) {
    this.body = BodyHandler.create(false).setBodyLimit(largest);
    this.longest = longest;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (isForm(request)) {
      try {
        request.setExpectMultipart(true);
      } catch (RuntimeException noBoundary) {
        context.fail(400, noBoundary);
        return;
      }
    }
    body.handle(context);
    if (!request.isEnded()) {
      request.exceptionHandler(broken -> context.fail(400, broken));
      failLate(context);
    }
  }

  private void failLate(RoutingContext context) {
    long timer =
        context
            .vertx()
            .setTimer(
                longest.toMillis(),
                late -> {
                  if (!context.request().isEnded()) {
                    context.fail(408);
                  }
                });
    context.addEndHandler(over -> context.vertx().cancelTimer(timer));
  }

  private static boolean isForm(HttpServerRequest request) {
    String type =
        Objects.requireNonNullElse(request.getHeader("Content-Type"), "").toLowerCase(Locale.ROOT);
    return type.startsWith("multipart/form-data")
        || type.startsWith("application/x-www-form-urlencoded");
  }
}
