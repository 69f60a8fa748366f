package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.audience.Erasure;
import tocsin.audience.Preferences.Held;
import tocsin.delivery.PersonalData;
import tocsin.incident.Problem;
import tocsin.selfservice.Leaving;
import tocsin.selfservice.Leaving.Step;

/**
 * What a subscriber may ask for below {@code /preferences/{token}}: to leave, a copy of what is
 * kept about them, and that it goes. A shared mailbox is nobody's own: one reader neither reads
 * what is kept of the others nor ends it for them.
 */
public final class RightsPage {
  private static final Logger log = LoggerFactory.getLogger(RightsPage.class);
  private static final String LEAVE = "/leave";
  private static final String DATA = "/data";
  private static final String ERASE = "/erase";

  private final PreferencesLinks links;
  private final Leaving leaving;
  private final PersonalData data;
  private final Erasure erasure;
  private final View left;
  private final View asked;
  private final View question;
  private final View erased;

  public RightsPage(
      PreferencesLinks links, Leaving leaving, PersonalData data, Erasure erasure, Site site) {
    this.links = links;
    this.leaving = leaving;
    this.data = data;
    this.erasure = erasure;
    this.left = new View("unsubscribed.html", site);
    this.asked = new View("leave-asked.html", site);
    this.question = new View("erase.html", site);
    this.erased = new View("erased.html", site);
  }

  public void mount(Router router) {
    links.post(router, LEAVE, context -> end(context, leave(context)));
    links.only(router, LEAVE, List.of(HttpMethod.POST));
    links.post(router, DATA, context -> end(context, download(context)));
    links.only(router, DATA, List.of(HttpMethod.POST));
    links.get(router, ERASE, context -> end(context, ask(context)));
    links.post(router, ERASE, context -> end(context, erase(context)));
    links.only(router, ERASE, List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
  }

  private static void end(RoutingContext context, Future<Void> done) {
    done.onFailure(failure -> PreferencesLinks.fail(context, failure));
  }

  private Future<Void> leave(RoutingContext context) {
    return links
        .held(context)
        .compose(held -> leaving.leave(held.subscriber().id(), links.evidence(context)))
        .compose(step ->
            step == Step.LEFT
                ? show(context, left, "unsubscribed_title")
                : show(context, asked, "leave_asked_title"));
  }

  private Future<Void> download(RoutingContext context) {
    return own(context)
        .compose(held -> {
          HttpServerResponse response =
              PreferencesLinks.discreet(context)
                  .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                  .putHeader("Content-Disposition", "attachment; filename=\"my-data.json\"")
                  .setChunked(true);
          return data.write(held.subscriber(), response)
              .compose(done -> response.end())
              .recover(failure -> {
                log.warn("subscriber.data.cut subscriber={}", held.subscriber().id(), failure);
                return response.reset().otherwiseEmpty();
              });
        });
  }

  private Future<Void> ask(RoutingContext context) {
    return own(context).compose(held -> show(context, question, "erase_title"));
  }

  private Future<Void> erase(RoutingContext context) {
    return own(context)
        .compose(held -> erasure.erase(held.subscriber().id(), links.evidence(context)))
        .compose(at -> show(context, erased, "erased_title"));
  }

  /** Fails with NOT_FOUND for a shared mailbox. */
  private Future<Held> own(RoutingContext context) {
    return links
        .held(context)
        .compose(held ->
            held.subscriber().mailbox().isShared()
                ? Future.failedFuture(Problem.notFound("a shared mailbox").exception())
                : Future.succeededFuture(held));
  }

  private static Future<Void> show(RoutingContext context, View view, String title) {
    PreferencesLinks.discreet(context);
    return view.show(
        context,
        200,
        Visit.language(context).word(title),
        Map.of("token", PreferencesLinks.token(context)));
  }
}
