package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tocsin.dispatch.DryRun;
import tocsin.incident.DisplayName;
import tocsin.incident.Inbox;
import tocsin.incident.Inbox.Accepted;
import tocsin.incident.Incident;
import tocsin.incident.Incidents;
import tocsin.incident.Origin;
import tocsin.incident.Problem;
import tocsin.incident.Slug;
import tocsin.incident.Submission;
import tocsin.incident.Update;
import tocsin.trace.Traces;

/** {@code /v1/incidents} and their updates. */
public final class IncidentResource implements Resource {
  private static final String TRACE = "traceparent";

  private final Inbox inbox;
  private final Incidents incidents;
  private final DryRun dryRun;
  private final IncidentIds ids;
  private final Traces traces;

  /**
   * @param clock dates the ids of incidents that come without one
   * @param random completes them
   */
  public IncidentResource(
      Inbox inbox,
      Incidents incidents,
      DryRun dryRun,
      InstantSource clock,
      RandomGenerator random,
      Traces traces) {
    this.inbox = inbox;
    this.incidents = incidents;
    this.dryRun = dryRun;
    this.ids = new IncidentIds(clock, random);
    this.traces = traces;
  }

  @Override
  public Map<String, Action> actions() {
    return Map.of(
        "openIncident", this::open,
        "listIncidents", this::list,
        "getIncident", this::get,
        "publishUpdate", this::publish,
        "listUpdates", this::updates);
  }

  private Future<Answer> open(Call call) {
    JsonObject body = call.body();
    String title = body.getString("title");
    DisplayName.complaint(title)
        .ifPresent(complaint -> {
          throw Problem.validation("title", complaint).exception();
        });
    String given = body.getString("id");
    String id = given == null ? ids.next() : given;
    Submission first = SubmissionJson.read(body.getJsonObject("update"), "update.");
    Origin origin = Origins.of(call);
    return isDryRun(call)
        ? rehearsed(inbox.rehearseOpening(id, title, first))
        : followed(
            "openIncident", call, trace -> inbox.open(id, title, first, origin.under(trace)));
  }

  private Future<Answer> publish(Call call) {
    String incident = call.text("incident");
    Submission next = SubmissionJson.read(call.body(), "");
    Origin origin = Origins.of(call);
    return isDryRun(call)
        ? rehearsed(inbox.rehearse(incident, next))
        : followed(
            "publishUpdate", call, trace -> inbox.accept(incident, next, origin.under(trace)));
  }

  private Future<Answer> followed(
      String operation, Call call, Function<@Nullable String, Future<Accepted>> intake) {
    Traces.Request request = traces.request(operation, call.request().getHeader(TRACE));
    return intake
        .apply(request.traceparent())
        .onSuccess(done -> request.ended(attributes(done), null))
        .onFailure(failure -> request.ended(Map.of(), failure))
        .map(IncidentResource::answer);
  }

  private static Map<String, String> attributes(Accepted accepted) {
    return Map.of(
        "tocsin.incident",
        accepted.update().incident(),
        "tocsin.update",
        Integer.toString(accepted.update().sequence()),
        "tocsin.replayed",
        Boolean.toString(accepted.replayed()));
  }

  private static boolean isDryRun(Call call) {
    return call.optional("dryRun").filter("true"::equals).isPresent();
  }

  private Future<Answer> rehearsed(Future<Update> acceptable) {
    return acceptable.compose(dryRun::of).map(outcome -> Answer.ok(DryRunDocument.of(outcome)));
  }

  private static Answer answer(Accepted accepted) {
    var answer =
        Answer.accepted(
            UpdateDocument.path(accepted.update()), UpdateDocument.of(accepted.update()));
    return accepted.replayed() ? answer.with("Idempotency-Replayed", "true") : answer;
  }

  private Future<Answer> list(Call call) {
    Page page = Page.of(call);
    if (page.cursor().isPresent() && !Slug.is(page.cursor().get())) {
      throw Page.bad().exception();
    }
    return incidents
        .list(page.limit(), page.cursor().orElse(null))
        .map(found -> page.of(call, "incidents", found, UpdateDocument::of, Incident::id));
  }

  private Future<Answer> get(Call call) {
    return incidents
        .find(call.text("incident"))
        .map(incident -> Answer.ok(UpdateDocument.of(incident)));
  }

  private Future<Answer> updates(Call call) {
    return incidents
        .find(call.text("incident"))
        .compose(incident -> incidents.updates(incident.id()))
        .map(updates -> {
          JsonArray list = new JsonArray();
          updates.forEach(update -> list.add(UpdateDocument.of(update)));
          return Answer.ok(new JsonObject().put("updates", list));
        });
  }
}
