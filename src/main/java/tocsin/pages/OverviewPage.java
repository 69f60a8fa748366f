package tocsin.pages;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tocsin.api.Methods;
import tocsin.incident.Catalogue;
import tocsin.incident.PublicRecord;
import tocsin.incident.Status;
import tocsin.incident.Update;

/** {@code /}: what goes on, what is planned, and what is over. */
public final class OverviewPage {
  private static final String PATH = "/";
  private static final int MOST_OVER = 15;

  private final PublicRecord record;
  private final Catalogue catalogue;
  private final InstantSource clock;
  private final View view;
  private final Fresh<Visit, String> pages = new Fresh<>();

  public OverviewPage(PublicRecord record, Catalogue catalogue, Site site, InstantSource clock) {
    this.record = record;
    this.catalogue = catalogue;
    this.clock = clock;
    this.view = new View("overview.html", site);
  }

  public void mount(Router router) {
    router.get(PATH).handler(this::show);
    router.head(PATH).handler(this::show);
    Methods.only(router, PATH, List.of(HttpMethod.GET, HttpMethod.HEAD));
  }

  private void show(RoutingContext context) {
    Visit visit = Visit.of(context);
    pages
        .get(visit, this::make)
        .onSuccess(html -> {
          Fresh.declare(context.response());
          View.send(context.response(), 200, visit.language(), html);
        })
        .onFailure(context::fail);
  }

  private Future<String> make(Visit visit) {
    return record
        .incidents()
        .compose(updates ->
            CatalogueLabels.of(catalogue)
                .map(labels -> {
                  Map<String, Object> values = values(updates, new UpdateWords(labels, visit));
                  return view.html(visit, visit.language().word("overview_title"), values);
                }));
  }

  private Map<String, Object> values(List<Update> updates, UpdateWords words) {
    List<Object> open = new ArrayList<>();
    List<Object> planned = new ArrayList<>();
    List<Object> over = new ArrayList<>();
    for (Update update : updates.stream().sorted(Comparator.comparing(Tone::of)).toList()) {
      List<Object> place =
          update.status().closes() ? over : update.status() == Status.SCHEDULED ? planned : open;
      place.add(words.state(update, clock.instant()));
    }
    Language language = words.visit().language();
    Map<String, Object> values = new HashMap<>();
    values.put("tone", open.isEmpty() ? Tone.OVER.word() : worst(updates).word());
    values.put(
        "heading",
        switch (open.size()) {
          case 0 -> language.word("overview_quiet");
          case 1 -> language.word("overview_one");
          default -> open.size() + " " + language.word("overview_many");
        });
    values.put("open", open);
    values.put("planned", planned);
    values.put("over", over.subList(0, Math.min(MOST_OVER, over.size())));
    values.put("hasOpen", !open.isEmpty());
    values.put("hasPlanned", !planned.isEmpty());
    values.put("hasOver", !over.isEmpty());
    values.put("indexed", true);
    values.put("feed", Feed.PATH);
    return values;
  }

  private static Tone worst(List<Update> updates) {
    return updates.stream()
        .filter(update -> update.status() != Status.SCHEDULED)
        .map(Tone::of)
        .min(Tone::compareTo)
        .orElse(Tone.NONE);
  }
}
