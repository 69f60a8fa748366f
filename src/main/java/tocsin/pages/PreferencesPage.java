package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tocsin.audience.Preferences.Held;
import tocsin.audience.Standing;
import tocsin.incident.Catalogue;
import tocsin.incident.Problem.FieldError;
import tocsin.incident.ProblemException;

/** {@code /preferences/{token}}: what a subscriber hears of, to see and to change. */
public final class PreferencesPage {
  private static final String VERSION = "version";

  private final PreferencesLinks links;
  private final Catalogue catalogue;
  private final View page;

  /** What is said above the form. */
  private enum Said {
    NOTHING(200, ""),
    SAVED(200, "preferences_saved"),
    STALE(409, "preferences_stale"),
    WRONG(422, "");

    private final int status;
    private final String word;

    Said(int status, String word) {
      this.status = status;
      this.word = word;
    }

    List<String> in(Language language) {
      return word.isEmpty() ? List.of() : List.of(language.word(word));
    }
  }

  public PreferencesPage(PreferencesLinks links, Catalogue catalogue, Site site) {
    this.links = links;
    this.catalogue = catalogue;
    this.page = new View("preferences.html", site);
  }

  public void mount(Router router) {
    links.get(router, "", this::look);
    links.post(router, "", this::change);
    links.only(router, "", List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
  }

  private void look(RoutingContext context) {
    Said said = context.queryParams().contains("saved") ? Said.SAVED : Said.NOTHING;
    links
        .held(context)
        .compose(held -> show(context, held, said))
        .onFailure(failure -> PreferencesLinks.fail(context, failure));
  }

  private void change(RoutingContext context) {
    Typed typed = Typed.of(context.request().formAttributes());
    links
        .held(context)
        .compose(held ->
            typed.text(VERSION).equals(held.version())
                ? change(context, held, typed)
                : show(context, held, Said.STALE))
        .onFailure(failure -> PreferencesLinks.fail(context, failure));
  }

  private Future<Void> change(RoutingContext context, Held held, Typed typed) {
    PreferencesForm form = new PreferencesForm(held.subscriber());
    return links
        .link(context)
        .compose(link -> links.preferences().change(link, held.version(), form.patch(typed)))
        .compose(
            changed -> {
              if (!changed) {
                return links.held(context).compose(now -> show(context, now, Said.STALE));
              }
              PreferencesLinks.discreet(context);
              Redirect.to(context, saved(context));
              return Future.succeededFuture();
            },
            failure ->
                failure instanceof ProblemException wrong && !wrong.problem().errors().isEmpty()
                    ? again(context, held, typed, wrong.problem().errors())
                    : Future.failedFuture(failure));
  }

  private static String saved(RoutingContext context) {
    String path = PreferencesLinks.token(context) + "?saved=yes";
    return Language.named(context.queryParams().get("lang"))
        .map(language -> path + "&lang=" + language.tag())
        .orElse(path);
  }

  private Future<Void> again(
      RoutingContext context, Held held, Typed typed, List<FieldError> errors) {
    Set<String> fields = errors.stream().map(FieldError::field).collect(Collectors.toSet());
    Wishes typedOnes = Wishes.of(held.subscriber()).changed(typed);
    return show(context, held, Said.WRONG, typedOnes, PreferencesForm.faults(fields));
  }

  private Future<Void> show(RoutingContext context, Held held, Said said) {
    return show(context, held, said, Wishes.of(held.subscriber()), Faults.NONE);
  }

  private Future<Void> show(
      RoutingContext context, Held held, Said said, Wishes wishes, Faults faults) {
    Visit visit = Visit.of(context);
    Language language = visit.language();
    return CatalogueLabels.of(catalogue)
        .compose(labels -> {
          Map<String, Object> model = new HashMap<>();
          new PreferencesForm(held.subscriber()).put(model, wishes, labels, visit);
          faults.put(model, PreferencesForm.FIELDS, language);
          model.put("token", PreferencesLinks.token(context));
          model.put("told", held.address());
          model.put(VERSION, held.version());
          model.put("isQuarantined", held.subscriber().standing() == Standing.QUARANTINED);
          model.put("said", said.in(language));
          model.put("alert", said == Said.STALE);
          PreferencesLinks.discreet(context);
          return page.show(context, said.status, language.word("preferences_title"), model);
        });
  }
}
