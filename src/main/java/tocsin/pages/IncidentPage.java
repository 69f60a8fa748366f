package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import tocsin.api.Methods;
import tocsin.incident.Catalogue;
import tocsin.incident.Incident;
import tocsin.incident.Incidents;
import tocsin.incident.Problem;
import tocsin.incident.Update;

/** {@code /i/{incident}}: what an incident's messages link to. */
public final class IncidentPage {
  private static final String PATH = "/i/:incident";

  private final Incidents incidents;
  private final Catalogue catalogue;
  private final InstantSource clock;
  private final View view;
  private final Fresh<Asked, String> pages = new Fresh<>();

  private record Asked(String incident, Visit visit) {}

  public IncidentPage(Incidents incidents, Catalogue catalogue, Site site, InstantSource clock) {
    this.incidents = incidents;
    this.catalogue = catalogue;
    this.clock = clock;
    this.view = new View("incident.html", site);
  }

  public void mount(Router router) {
    router.get(PATH).handler(this::show);
    router.head(PATH).handler(this::show);
    Methods.only(router, PATH, List.of(HttpMethod.GET, HttpMethod.HEAD));
  }

  private void show(RoutingContext context) {
    Visit visit = Visit.of(context);
    pages
        .get(new Asked(context.pathParams().getOrDefault("incident", ""), visit), this::make)
        .onSuccess(html -> {
          Fresh.declare(context.response());
          View.send(context.response(), 200, visit.language(), html);
        })
        .onFailure(context::fail);
  }

  private Future<String> make(Asked asked) {
    return incidents
        .find(asked.incident())
        .compose(incident ->
            published(incident)
                .compose(updates ->
                    CatalogueLabels.of(catalogue)
                        .map(labels ->
                            new IncidentModel(
                                incident, updates, new UpdateWords(labels, asked.visit())))))
        .map(model ->
            view.html(asked.visit(), model.incident().title(), model.values(clock.instant())));
  }

  /** What is on record only is not for the public; fails with NOT_FOUND where all of it is. */
  private Future<List<Update>> published(Incident incident) {
    return incidents
        .updates(incident.id())
        .compose(updates -> {
          List<Update> published = updates.stream().filter(Update::notifies).toList();
          return published.isEmpty()
              ? Future.failedFuture(
                  Problem.notFound("nothing of incident " + incident.id() + " is public")
                      .exception())
              : Future.succeededFuture(published);
        });
  }
}
