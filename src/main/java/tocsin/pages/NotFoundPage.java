package tocsin.pages;

import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What people see behind a link that leads nowhere. */
final class NotFoundPage {
  private final View view;

  NotFoundPage(String brand) {
    this.view = new View("not-found.html", brand);
  }

  void send(RoutingContext context, Language language) {
    String html = view.html(language, language.word("notFound_title"), Map.of());
    View.send(context.response(), 404, language, html);
  }
}
