package tocsin.pages;

import io.vertx.ext.web.RoutingContext;

/** Forms are posted by our own pages only, as far as a browser tells (Fetch Metadata). */
final class OwnForms {
  private OwnForms() {}

  static void require(RoutingContext context) {
    String site = context.request().getHeader("Sec-Fetch-Site");
    if (site == null || site.equals("same-origin") || site.equals("none")) {
      context.next();
    } else {
      context.fail(403);
    }
  }
}
