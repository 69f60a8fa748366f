package tocsin.pages;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.api.FailurePage;

/** What people see where something went wrong; programs get a problem instead. */
final class FailurePages implements FailurePage {
  /** Those that differ in what a person can do about them. */
  private static final Set<Integer> KNOWN = Set.of(404, 405, 408, 413, 429, 503);

  private static final String API = "/v1/";

  private final View view;

  FailurePages(Site site) {
    this.view = new View("failure.html", site);
  }

  /** For every route behind it that a browser asks for, and that is none of the API. */
  void mount(Router router) {
    router
        .route()
        .handler(context -> {
          if (!context.normalizedPath().startsWith(API) && Visit.isOfABrowser(context)) {
            FailurePage.offer(context, this);
          }
          context.next();
        });
  }

  /** For one path, whoever asks. */
  void mount(Router router, String path) {
    router
        .route(path)
        .handler(context -> {
          FailurePage.offer(context, this);
          context.next();
        });
  }

  @Override
  public void show(RoutingContext context, int status, @Nullable String id) {
    Language language = Visit.language(context);
    String kind = "failure_" + (KNOWN.contains(status) ? status : status < 500 ? 400 : 500);
    view.show(
        context,
        status,
        language.word(kind + "_heading"),
        Map.of(
            "heading", language.word(kind + "_heading"),
            "words", language.word(kind + "_words"),
            "logged", id == null ? List.of() : List.of(id)));
  }
}
