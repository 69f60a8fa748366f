package tocsin.pages;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tocsin.api.ClientAddress;
import tocsin.api.Methods;
import tocsin.audience.Evidence;
import tocsin.audience.LinkTokens;
import tocsin.audience.LinkTokens.Link;
import tocsin.audience.LinkTokens.Purpose;
import tocsin.feedback.BoundedForm;
import tocsin.selfservice.Leaving;
import tocsin.selfservice.Leaving.Step;

/**
 * {@code /u/{token}}: how a subscriber leaves, and {@code /leave/{token}}: how a shared mailbox
 * does by a second step. Mail clients POST to the first by themselves (RFC 8058); link scanners GET
 * both, so a GET only shows the button that POSTs. They need no session and set no cookie: the
 * token says who leaves.
 */
public final class UnsubscribePage {
  private static final Logger log = LoggerFactory.getLogger(UnsubscribePage.class);
  private static final String PATH = "/u/:token";
  private static final String SECOND_PATH = "/leave/:token";
  private static final String FIELD = "List-Unsubscribe";
  private static final String ONE_CLICK = "One-Click";
  private static final int LARGEST_FORM = 16 * 1024;

  private final LinkTokens tokens;
  private final Leaving leaving;
  private final ClientAddress addresses;
  private final View question;
  private final View secondQuestion;
  private final View asked;
  private final View left;

  public UnsubscribePage(LinkTokens tokens, Leaving leaving, ClientAddress addresses, Site site) {
    this.tokens = tokens;
    this.leaving = leaving;
    this.addresses = addresses;
    this.question = new View("unsubscribe.html", site);
    this.secondQuestion = new View("leave.html", site);
    this.asked = new View("leave-asked.html", site);
    this.left = new View("unsubscribed.html", site);
  }

  public void mount(Router router) {
    mount(router, PATH, this::first);
    mount(router, SECOND_PATH, this::second);
  }

  private static void mount(Router router, String path, Handler<RoutingContext> handler) {
    router.get(path).handler(handler);
    router.head(path).handler(handler);
    router.post(path).handler(new BoundedForm(LARGEST_FORM)).handler(handler);
    Methods.only(router, path, List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
  }

  private void first(RoutingContext context) {
    Optional<Link> link = link(context, Purpose.UNSUBSCRIBE);
    if (link.isEmpty()) {
      context.fail(404);
    } else if (isAskedFor(context)) {
      int subscriber = link.get().id();
      leaving
          .leave(subscriber, evidence(context))
          .onSuccess(step -> {
            log.info("subscriber.leaves subscriber={} step={}", subscriber, step);
            if (step == Step.LEFT) {
              done(context, left, "unsubscribed_title");
            } else {
              done(context, asked, "leave_asked_title");
            }
          })
          .onFailure(context::fail);
    } else {
      show(context, question, "unsubscribe_title");
    }
  }

  private void second(RoutingContext context) {
    Optional<Link> link = link(context, Purpose.LEAVE_LIST);
    if (link.isEmpty()) {
      context.fail(404);
    } else if (isAskedFor(context)) {
      leaving
          .leaveAsAWhole(link.get(), evidence(context))
          .onSuccess(done -> {
            if (done) {
              log.info("subscriber.leaves subscriber={} step={}", link.get().id(), Step.LEFT);
              done(context, left, "unsubscribed_title");
            } else {
              context.fail(404);
            }
          })
          .onFailure(context::fail);
    } else {
      show(context, secondQuestion, "leave_title");
    }
  }

  private Optional<Link> link(RoutingContext context, Purpose purpose) {
    return tokens.read(purpose, context.pathParams().getOrDefault("token", ""));
  }

  private static boolean isAskedFor(RoutingContext context) {
    return context.request().method().equals(HttpMethod.POST)
        && ONE_CLICK.equals(context.request().getFormAttribute(FIELD));
  }

  private Evidence evidence(RoutingContext context) {
    return Evidence.request(
        "link", addresses.of(context.request()), context.request().getHeader("User-Agent"));
  }

  /** A mail program posts by itself and shows nobody what it gets: it is told in a line. */
  private static void done(RoutingContext context, View view, String title) {
    if (Visit.isOfABrowser(context)) {
      show(context, view, title);
    } else {
      context
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
          .end(Visit.language(context).word(title) + "\n");
    }
  }

  private static void show(RoutingContext context, View view, String title) {
    view.show(context, 200, Visit.language(context).word(title), Map.of());
  }
}
