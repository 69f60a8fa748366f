package tocsin.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
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

/** {@code /v1/incidents} and their updates. */
public final class IncidentResource implements Resource {
  private final Inbox inbox;
  private final Incidents incidents;
  private final DryRun dryRun;
  private final IncidentIds ids;

  /**
   * @param clock dates the ids of incidents that come without one
   * @param random completes them
   */
  public IncidentResource(
      Inbox inbox,
      Incidents incidents,
      DryRun dryRun,
      InstantSource clock,
      RandomGenerator random) {
    this.inbox = inbox;
    this.incidents = incidents;
    this.dryRun = dryRun;
    this.ids = new IncidentIds(clock, random);
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
        : inbox.open(id, title, first, origin).map(IncidentResource::answer);
  }

  private Future<Answer> publish(Call call) {
    String incident = call.text("incident");
    Submission next = SubmissionJson.read(call.body(), "");
    Origin origin = Origins.of(call);
    return isDryRun(call)
        ? rehearsed(inbox.rehearse(incident, next))
        : inbox.accept(incident, next, origin).map(IncidentResource::answer);
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
