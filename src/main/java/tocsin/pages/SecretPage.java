package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tocsin.audience.RotatedSecret;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/** {@code /preferences/{token}/secret}: a new secret for an endpoint, shown this once. */
public final class SecretPage {
  private static final String BELOW = "/secret";
  private static final Duration OVERLAP = Duration.ofHours(24);

  private final PreferencesLinks links;
  private final View page;

  public SecretPage(PreferencesLinks links, Site site) {
    this.links = links;
    this.page = new View("secret.html", site);
  }

  public void mount(Router router) {
    links.post(router, BELOW, this::rotate);
    links.only(router, BELOW, List.of(HttpMethod.POST));
  }

  private void rotate(RoutingContext context) {
    links
        .link(context)
        .compose(link -> links.preferences().rotate(link, OVERLAP))
        .compose(
            rotated -> show(context, 200, List.of(rotated)),
            failure ->
                failure instanceof ProblemException problem
                        && problem.problem().kind() == Problem.Kind.CONFLICT
                    ? show(context, 409, List.of())
                    : Future.failedFuture(failure))
        .onFailure(failure -> PreferencesLinks.fail(context, failure));
  }

  /**
   * @param rotated none where it could not be
   */
  private Future<Void> show(RoutingContext context, int status, List<RotatedSecret> rotated) {
    Visit visit = Visit.of(context);
    Map<String, Object> model = new HashMap<>();
    model.put("token", PreferencesLinks.token(context));
    model.put("refused", rotated.isEmpty());
    model.put("secret", rotated.stream().map(RotatedSecret::secret).toList());
    model.put(
        "publicKey",
        rotated.stream().flatMap(it -> Optional.ofNullable(it.publicKey()).stream()).toList());
    model.put("until", rotated.stream().map(it -> visit.time(it.previousUntil())).toList());
    PreferencesLinks.discreet(context);
    return page.show(context, status, visit.language().word("secret_title"), model);
  }
}
