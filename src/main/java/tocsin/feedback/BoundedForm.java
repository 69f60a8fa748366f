package tocsin.feedback;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Locale;
import java.util.Objects;

/** Reads the body of a request, a form or not, and refuses a form that cannot be read. */
public final class BoundedForm implements Handler<RoutingContext> {
  private final BodyHandler body;

  /**
   * @param largest in bytes; what is larger is answered with 413
   */
  public BoundedForm(int largest) {
    this.body = BodyHandler.create(false).setBodyLimit(largest);
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
  }

  private static boolean isForm(HttpServerRequest request) {
    String type =
        Objects.requireNonNullElse(request.getHeader("Content-Type"), "").toLowerCase(Locale.ROOT);
    return type.startsWith("multipart/form-data")
        || type.startsWith("application/x-www-form-urlencoded");
  }
}
