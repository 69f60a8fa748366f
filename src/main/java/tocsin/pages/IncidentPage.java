package tocsin.pages;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import tocsin.api.Methods;
import tocsin.incident.Catalogue;
import tocsin.incident.Incident;
import tocsin.incident.Incidents;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;
import tocsin.incident.Update;

/**
 * {@code /i/{incident}}: what an incident's messages link to. Everyone who was told may come at
 * once, so a page is made once every few seconds, not once a visit.
 */
public final class IncidentPage {
  private static final String PATH = "/i/:incident";
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final int MOST_KEPT = 1_000;

  private final Incidents incidents;
  private final Catalogue catalogue;
  private final View view;
  private final NotFoundPage notFound;
  private final Cache<Visit, Future<String>> pages =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(MOST_KEPT).build();

  private record Visit(String incident, Language language) {}

  /**
   * @param brand who speaks on the page
   */
  public IncidentPage(Incidents incidents, Catalogue catalogue, String brand) {
    this.incidents = incidents;
    this.catalogue = catalogue;
    this.view = new View("incident.html", brand);
    this.notFound = new NotFoundPage(brand);
  }

  public void mount(Router router) {
    router.get(PATH).handler(this::show);
    router.head(PATH).handler(this::show);
    Methods.only(router, PATH, List.of(HttpMethod.GET, HttpMethod.HEAD));
  }

  private void show(RoutingContext context) {
    Language language =
        Language.preferred(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
    Visit visit = new Visit(context.pathParams().getOrDefault("incident", ""), language);
    page(visit)
        .onSuccess(html -> {
          context
              .response()
              .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=" + FRESH.toSeconds());
          View.send(context.response(), 200, language, html);
        })
        .onFailure(failure -> {
          if (failure instanceof ProblemException problem
              && problem.problem().kind() == Problem.Kind.NOT_FOUND) {
            notFound.send(context, language);
          } else {
            context.fail(failure);
          }
        });
  }

  private Future<String> page(Visit visit) {
    Future<String> page = pages.get(visit, this::make);
    return page.onFailure(failure -> pages.asMap().remove(visit, page));
  }

  private Future<String> make(Visit visit) {
    return incidents
        .find(visit.incident())
        .compose(incident ->
            published(incident)
                .compose(updates ->
                    CatalogueLabels.of(catalogue)
                        .map(labels ->
                            new IncidentModel(incident, updates, labels, visit.language()))))
        .map(model -> view.html(visit.language(), model.incident().title(), model.values()));
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
