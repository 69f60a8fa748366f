package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import tocsin.api.ClientAddress;
import tocsin.api.Methods;
import tocsin.audience.Evidence;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.Preferences;
import tocsin.audience.Preferences.Held;
import tocsin.feedback.BoundedForm;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/**
 * Who may do what is below {@code /preferences/{token}}: whoever has the link, which is never told
 * on.
 */
public record PreferencesLinks(
    LinkTokens tokens, Preferences preferences, ClientAddress addresses) {
  private static final String ROOT = "/preferences/:token";
  private static final int LARGEST_FORM = 512 * 1024;

  /**
   * @param below empty, or with a slash
   */
  void get(Router router, String below, Handler<RoutingContext> handler) {
    router.get(ROOT + below).handler(handler);
    router.head(ROOT + below).handler(handler);
  }

  /** What only a form of our own may do. */
  void post(Router router, String below, Handler<RoutingContext> handler) {
    router
        .post(ROOT + below)
        .handler(OwnForms::require)
        .handler(new BoundedForm(LARGEST_FORM))
        .handler(handler);
  }

  void only(Router router, String below, List<HttpMethod> methods) {
    Methods.only(router, ROOT + below, methods);
  }

  /** Fails with NOT_FOUND. */
  Future<Link> link(RoutingContext context) {
    return tokens
        .read(Purpose.PREFERENCES, token(context))
        .map(Future::succeededFuture)
        .orElseGet(
            () -> Future.failedFuture(Problem.notFound("the link leads nowhere").exception()));
  }

  /** Fails with NOT_FOUND. */
  Future<Held> held(RoutingContext context) {
    return link(context).compose(preferences::find);
  }

  static String token(RoutingContext context) {
    return context.pathParams().getOrDefault("token", "");
  }

  Evidence evidence(RoutingContext context) {
    return Evidence.request(
        "link",
        addresses.of(context.request()),
        context.request().getHeader(HttpHeaders.USER_AGENT));
  }

  /** Neither kept nor told to where a link on the page leads. */
  static HttpServerResponse discreet(RoutingContext context) {
    return context
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Robots-Tag", "noindex");
  }

  static void fail(RoutingContext context, Throwable failure) {
    if (failure instanceof ProblemException problem
        && problem.problem().kind() == Problem.Kind.NOT_FOUND) {
      context.fail(404);
    } else {
      context.fail(failure);
    }
  }
}
