package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.api.Methods;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.audience.Subscribers;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;

/**
 * {@code /u/{token}}: how a subscriber leaves. Mail clients POST to it by themselves (RFC 8058);
 * link scanners GET it, so a GET only shows the button that POSTs. It needs no session and sets no
 * cookie: the token says who leaves.
 */
public final class UnsubscribePage {
  private static final Logger log = LoggerFactory.getLogger(UnsubscribePage.class);
  private static final String PATH = "/u/:token";
  private static final String FIELD = "List-Unsubscribe";
  private static final String ONE_CLICK = "One-Click";
  private static final int LARGEST_FORM = 16 * 1024;

  private final LinkTokens tokens;
  private final Subscribers subscribers;
  private final View question;
  private final View answer;

  public UnsubscribePage(LinkTokens tokens, Subscribers subscribers, Site site) {
    this.tokens = tokens;
    this.subscribers = subscribers;
    this.question = new View("unsubscribe.html", site);
    this.answer = new View("unsubscribed.html", site);
  }

  public void mount(Router router) {
    router.get(PATH).handler(this::ask);
    router.head(PATH).handler(this::ask);
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM))
        .handler(this::leave);
    Methods.only(router, PATH, List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
  }

  private void ask(RoutingContext context) {
    if (subscriber(context).isPresent()) {
      show(context, question, "unsubscribe_title");
    } else {
      context.fail(404);
    }
  }

  private void leave(RoutingContext context) {
    OptionalInt subscriber = subscriber(context);
    if (subscriber.isEmpty() || !ONE_CLICK.equals(context.request().getFormAttribute(FIELD))) {
      ask(context);
      return;
    }
    subscribers
        .unsubscribe(subscriber.getAsInt())
        .recover(UnsubscribePage::unlessGone)
        .onSuccess(left -> {
          log.info("subscriber.unsubscribed subscriber={}", subscriber.getAsInt());
          show(context, answer, "unsubscribed_title");
        })
        .onFailure(context::fail);
  }

  private static Future<Void> unlessGone(Throwable failure) {
    return failure instanceof ProblemException problem
            && problem.problem().kind() == Problem.Kind.NOT_FOUND
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }

  private OptionalInt subscriber(RoutingContext context) {
    return tokens.read(Purpose.UNSUBSCRIBE, context.pathParams().getOrDefault("token", "")).stream()
        .mapToInt(Link::id)
        .findFirst();
  }

  private static void show(RoutingContext context, View view, String title) {
    view.show(context, 200, Visit.language(context).word(title), Map.of());
  }
}
