package tocsin.pages;

import io.vertx.ext.web.Router;

/** All pages for people, and their style sheet. */
public final class Pages {
  private final IncidentPage incident;
  private final UnsubscribePage unsubscribe;

  public Pages(IncidentPage incident, UnsubscribePage unsubscribe) {
    this.incident = incident;
    this.unsubscribe = unsubscribe;
  }

  public void mount(Router router) {
    StyleSheet.mount(router);
    incident.mount(router);
    unsubscribe.mount(router);
  }
}
