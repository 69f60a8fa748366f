package tocsin.api;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;

/** What every response tells a browser not to do; a page may loosen it for itself. */
final class SecurityHeaders implements Handler<RoutingContext> {
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** A year (RFC 6797): browsers then never ask without TLS. */
  private static final String ONLY_TLS = "max-age=31536000";

  private final boolean tls;

  SecurityHeaders(URI publicUrl) {
    this.tls = "https".equals(publicUrl.getScheme());
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerResponse response = context.response();
    response
        .putHeader("Content-Security-Policy", NOTHING)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (tls) {
      response.putHeader("Strict-Transport-Security", ONLY_TLS);
    }
    context.next();
  }
}
