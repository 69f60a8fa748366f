package tocsin.pages;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tocsin.api.ClientAddress;
import tocsin.api.Methods;
import tocsin.feedback.BoundedForm;
import tocsin.incident.Catalogue;
import tocsin.incident.Problem;
import tocsin.incident.ProblemException;
import tocsin.selfservice.Confirmation;
import tocsin.selfservice.Confirmation.AlreadyConfirmed;
import tocsin.selfservice.Confirmation.CodePosted;
import tocsin.selfservice.Confirmation.Confirmed;
import tocsin.selfservice.Confirmation.EndpointDidNotAnswer;
import tocsin.selfservice.Confirmation.Expired;
import tocsin.selfservice.Confirmation.NotYet;
import tocsin.selfservice.Confirmation.WrongCode;
import tocsin.selfservice.OptIn;
import tocsin.selfservice.OptIn.Proof;
import tocsin.selfservice.OptInAnswers;

/**
 * {@code /confirm/{token}}: a GET shows what was asked for, a POST says that it is one's own wish:
 * by a button, by the code of a text, or by asking the endpoint.
 */
public final class ConfirmPage {
  private static final String PATH = "/confirm/:token";
  private static final int LARGEST_FORM = 16 * 1024;

  private final OptInAnswers answers;
  private final Catalogue catalogue;
  private final ClientAddress addresses;
  private final View question;
  private final View confirmed;
  private final View over;

  public ConfirmPage(
      OptInAnswers answers, Catalogue catalogue, ClientAddress addresses, Site site) {
    this.answers = answers;
    this.catalogue = catalogue;
    this.addresses = addresses;
    this.question = new View("confirm.html", site);
    this.confirmed = new View("confirmed.html", site);
    this.over = new View("over.html", site);
  }

  public void mount(Router router) {
    router.get(PATH).handler(context -> ask(context, Faults.NONE, null));
    router.head(PATH).handler(context -> ask(context, Faults.NONE, null));
    router
        .post(PATH)
        .handler(OwnForms::require)
        .handler(new BoundedForm(LARGEST_FORM))
        .handler(this::confirm);
    Methods.only(router, PATH, List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
  }

  private void confirm(RoutingContext context) {
    String code = Typed.of(context.request().formAttributes()).text("code");
    answers
        .confirm(
            token(context), SubscribePage.visitor(context, addresses), code.isEmpty() ? null : code)
        .onSuccess(confirmation -> answer(context, confirmation))
        .onFailure(failure -> fail(context, failure));
  }

  private void answer(RoutingContext context, Confirmation confirmation) {
    Language language = Visit.language(context);
    switch (confirmation) {
      case Confirmed done -> welcome(context, done);
      case WrongCode(int left) when left > 0 ->
          ask(
              context,
              new Faults(Set.of("code")),
              language.word("confirm_wrong_left") + " " + left);
      case WrongCode none -> ask(context, Faults.NONE, language.word("confirm_too_many"));
      case CodePosted posted -> ask(context, Faults.NONE, language.word("confirm_posted"));
      case EndpointDidNotAnswer(String detail) ->
          ask(context, Faults.NONE, language.word("confirm_not_answered") + " " + detail);
      case NotYet wait -> ask(context, Faults.NONE, language.word("confirm_not_yet"));
      case AlreadyConfirmed already -> end(context, 200, "already");
      case Expired expired -> end(context, 410, "expired");
    }
  }

  private void welcome(RoutingContext context, Confirmed done) {
    Map<String, Object> model = new HashMap<>();
    model.put("preferences", done.preferences());
    model.put("secret", present(done.secret()));
    model.put("publicKey", present(done.publicKey()));
    show(context, confirmed, 200, "confirmed_title", model);
  }

  private void end(RoutingContext context, int status, String what) {
    Language language = Visit.language(context);
    show(
        context,
        over,
        status,
        what + "_heading",
        Map.of(
            "heading", language.word(what + "_heading"), "words", language.word(what + "_words")));
  }

  private void ask(RoutingContext context, Faults faults, @Nullable String problem) {
    answers
        .find(token(context))
        .onSuccess(optIn -> {
          switch (optIn.state()) {
            case OPEN ->
                CatalogueLabels.of(catalogue)
                    .onSuccess(labels -> ask(context, optIn, labels, faults, problem))
                    .onFailure(context::fail);
            case CONFIRMED -> end(context, 200, "already");
            case EXPIRED -> end(context, 410, "expired");
          }
        })
        .onFailure(failure -> fail(context, failure));
  }

  private void ask(
      RoutingContext context,
      OptIn optIn,
      CatalogueLabels labels,
      Faults faults,
      @Nullable String problem) {
    Visit visit = Visit.of(context);
    Language language = visit.language();
    boolean chat = optIn.proof() == Proof.CHALLENGE && optIn.dialect().isChat();
    String kind =
        switch (optIn.proof()) {
          case BUTTON -> "button";
          case CODE -> "code";
          case CHALLENGE -> chat ? "chat" : "challenge";
        };
    Map<String, Object> model = new HashMap<>();
    faults.put(model, List.of("code"), language);
    model.put("heading", language.word("confirm_" + kind + "_heading"));
    model.put("words", language.word("confirm_" + kind + "_words"));
    model.put("told", optIn.address());
    model.put("wishes", new WishWords(labels, language).of(optIn.subscriptions()));
    model.put("expires", visit.time(optIn.expiresAt()));
    model.put("problem", present(problem));
    model.put("asksCode", optIn.proof() == Proof.CODE);
    model.put("asksEndpoint", optIn.proof() == Proof.CHALLENGE && !chat);
    model.put(
        "button",
        language.word(
            optIn.proof() == Proof.CHALLENGE ? "confirm_" + kind + "_button" : "confirm_button"));
    show(context, question, faults.fields().isEmpty() ? 200 : 422, "confirm_title", model);
  }

  private static void show(
      RoutingContext context, View view, int status, String title, Map<String, ?> model) {
    context
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("Referrer-Policy", "no-referrer");
    view.show(context, status, Visit.language(context).word(title), model);
  }

  private static void fail(RoutingContext context, Throwable failure) {
    if (failure instanceof ProblemException problem
        && problem.problem().kind() == Problem.Kind.NOT_FOUND) {
      context.fail(404);
    } else {
      context.fail(failure);
    }
  }

  private static String token(RoutingContext context) {
    return context.pathParams().getOrDefault("token", "");
  }

  private static List<String> present(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }
}
