package tocsin.pages;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** The answer to a form that leads on, so that a reload does not post it again. */
final class Redirect {
  private Redirect() {}

  /**
   * @param path relative to the page
   */
  static void to(RoutingContext context, String path) {
    context
        .response()
        .setStatusCode(303)
        .putHeader(HttpHeaders.LOCATION, path)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }
}
