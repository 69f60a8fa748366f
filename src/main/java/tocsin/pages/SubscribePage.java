package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tocsin.api.ClientAddress;
import tocsin.api.Methods;
import tocsin.audience.Channel;
import tocsin.audience.Registration;
import tocsin.audience.SubscriberJson;
import tocsin.audience.Wording;
import tocsin.feedback.BoundedForm;
import tocsin.incident.Catalogue;
import tocsin.incident.ProblemException;
import tocsin.selfservice.OptIns;
import tocsin.selfservice.TooManyOptIns;
import tocsin.selfservice.Visitor;

/**
 * {@code /subscribe}: what a stranger asks for. The answer is the same whatever is on record of the
 * address; nothing is anybody's wish before the address has confirmed it.
 */
public final class SubscribePage {
  private static final String PATH = "/subscribe";
  private static final String SOURCE = "form";
  private static final int LARGEST_FORM = 512 * 1024;
  private static final int WORDING_VERSION = 1;

  private final OptIns optIns;
  private final SubscriberJson json;
  private final Catalogue catalogue;
  private final ClientAddress addresses;
  private final SubscribeForm form;
  private final View page;
  private final View sent;

  /**
   * @param channels that people may choose
   */
  public SubscribePage(
      OptIns optIns,
      SubscriberJson json,
      Catalogue catalogue,
      ClientAddress addresses,
      Set<Channel> channels,
      Site site) {
    this.optIns = optIns;
    this.json = json;
    this.catalogue = catalogue;
    this.addresses = addresses;
    this.form = new SubscribeForm(channels, site.name());
    this.page = new View("subscribe.html", site);
    this.sent = new View("subscribe-sent.html", site);
  }

  public void mount(Router router) {
    router.get(PATH).handler(context -> show(context, 200, new Typed(Map.of()), Faults.NONE));
    router.head(PATH).handler(context -> show(context, 200, new Typed(Map.of()), Faults.NONE));
    router
        .post(PATH)
        .handler(OwnForms::require)
        .handler(new BoundedForm(LARGEST_FORM))
        .handler(this::ask);
    Methods.only(router, PATH, List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
  }

  private void ask(RoutingContext context) {
    Typed typed = Typed.of(context.request().formAttributes());
    if (typed.has(SubscribeForm.TRAP)) {
      show(context, sent, "sent_title");
      return;
    }
    Faults faults = form.faults(typed);
    if (!faults.fields().isEmpty()) {
      show(context, 422, typed, faults);
      return;
    }
    request(context, typed)
        .onSuccess(token -> {
          if (token.isPresent()) {
            Redirect.to(context, Visit.of(context).root() + "confirm/" + token.get());
          } else {
            show(context, sent, "sent_title");
          }
        })
        .onFailure(failure -> failed(context, typed, failure));
  }

  private Future<Optional<String>> request(RoutingContext context, Typed typed) {
    Visit visit = Visit.of(context);
    JsonObject registration = form.registration(typed, visit);
    Registration wish;
    try {
      wish = json.parse(registration);
    } catch (ProblemException wrong) {
      return Future.failedFuture(wrong);
    }
    Wording wording =
        new Wording(
            "subscribe-" + wish.channel().word() + "-" + visit.language().tag(), WORDING_VERSION);
    return optIns.request(wish, visitor(context, addresses), wording, SOURCE);
  }

  private void failed(RoutingContext context, Typed typed, Throwable failure) {
    switch (failure) {
      case ProblemException wrong when !wrong.problem().errors().isEmpty() ->
          show(context, 422, typed, form.faults(typed, wrong.problem().errors()));
      case TooManyOptIns many -> {
        context
            .response()
            .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(many.retryAfter().toSeconds()));
        context.fail(many.source() == TooManyOptIns.Source.VISITOR ? 429 : 503);
      }
      default -> context.fail(failure);
    }
  }

  static Visitor visitor(RoutingContext context, ClientAddress addresses) {
    return new Visitor(
        addresses.of(context.request()), context.request().getHeader(HttpHeaders.USER_AGENT));
  }

  private void show(RoutingContext context, int status, Typed typed, Faults faults) {
    Visit visit = Visit.of(context);
    CatalogueLabels.of(catalogue)
        .onSuccess(labels -> {
          Map<String, Object> model = new HashMap<>();
          form.put(model, typed, labels, visit);
          faults.put(model, SubscribeForm.FIELDS, visit.language());
          model.put("indexed", true);
          context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          page.show(context, status, visit.language().word("subscribe_title"), model);
        })
        .onFailure(context::fail);
  }

  private static void show(RoutingContext context, View view, String title) {
    context.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    view.show(context, 200, Visit.language(context).word(title), Map.of());
  }
}
